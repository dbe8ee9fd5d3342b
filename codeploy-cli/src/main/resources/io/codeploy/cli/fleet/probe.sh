# Tells what the controller needs to know of this node, as key=value lines between two markers.
# $1: agent directory, relative to the home directory unless absolute
# $2: "always" when the version of Java is wanted even where the shipped runtime would fit
umask 077
dir=$1
java_wanted=$2
case $dir in
/*) ;;
*) dir=$HOME/$dir ;;
esac
say() {
  printf '%s=%s\n' "$1" "$2"
}
echo '@@codeploy-begin'
# One process for both, as few as can be in all: where many nodes share a machine they are felt.
system=$(uname -sm)
machine=${system#* }
system=${system%% *}
say system "$system"
say machine "$machine"
say home "$HOME"
say dir "$dir"
say ssh "${SSH_CONNECTION:-}"

# The shipped runtime needs the GNU C library; Alpine and NixOS do not have its loader here.
if [ "$system-$machine" = Linux-x86_64 ] && [ -e /lib64/ld-linux-x86-64.so.2 ]; then
  say glibc yes
else
  java_wanted=always
fi

there=$dir
while [ ! -d "$there" ] && [ "$there" != / ]; do
  there=${there%/*} # without a tool, which a node may lack: this has to end
  there=${there:-/}
done
[ -w "$there" ] && say writable yes
df -Pk "$there" 2>/dev/null | {
  read -r header
  read -r device blocks used free rest
  say free "$free"
}

for tool in tar gzip sha256sum; do
  command -v "$tool" >/dev/null 2>&1 && say tool "$tool"
done
for agent in "$dir"/image/*/bin/node-agent; do
  if [ -x "$agent" ]; then
    image=${agent%/bin/node-agent}
    say image "${image##*/}"
  fi
done
if [ -r "$dir/agent.state" ]; then
  pid=
  while IFS= read -r line || [ -n "$line" ]; do
    printf 'state.%s\n' "$line"
    case $line in pid=*) pid=${line#pid=} ;; esac
  done <"$dir/agent.state"
  case $pid in
  '' | *[!0-9]*) ;;
  *) kill -0 "$pid" 2>/dev/null && say alive yes ;;
  esac
fi
if [ "$java_wanted" = always ]; then
  for java in java ${JAVA_HOME:+"$JAVA_HOME/bin/java"}; do
    say java "$("$java" -version 2>&1 | head -n 1)"
  done
fi
echo '@@codeploy-end'
