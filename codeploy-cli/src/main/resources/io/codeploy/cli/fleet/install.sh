# Unpacks the image, unless it is there already, and keeps its archive for others. How the archive comes, the function
# archive says: the one of sent.sh or of fetched.sh, which is sent before this.
# $1: agent directory, absolute   $2: name of the image   $3: SHA-256 of its archive
umask 077
dir=$1
name=$2
sum=$3
fail() {
  printf '@@codeploy-begin\nerror=%s\n@@codeploy-end\n' "$1"
  exit 1
}
mkdir -p "$dir/image" 2>/dev/null || fail "cannot make $dir/image; make it writable or choose another --agent-dir"
new=$dir/image/.new-$$
right() {
  printf '%s  %s\n' "$sum" "$1" | sha256sum -c - >/dev/null 2>&1
}
trap 'rm -rf "$new" "$new.tar.gz" "$new.tar.gz.err" "$new.tar.gz.rc"' EXIT
# Whoever reads what is said here may be gone: some shells would end without the trap above.
trap 'exit 1' HUP INT TERM PIPE
# What others have left that could not clean up.
for old in "$dir"/image/.new-*; do
  owner=${old##*/.new-}
  kill -0 "${owner%%.*}" 2>/dev/null || rm -rf "$old"
done

archive "$new.tar.gz"
echo '@@codeploy-arrived'
mkdir "$new" && gzip -dc "$new.tar.gz" | tar xf - -C "$new" ||
  fail "cannot unpack the agent's image below $dir/image; free space or choose another --agent-dir"
root=$new
[ -f "$root/bin/node-agent" ] || for candidate in "$new"/*/bin/node-agent; do
  root=${candidate%/bin/node-agent}
done
[ -f "$root/bin/node-agent" ] || fail "the agent's image holds no bin/node-agent; build the distribution again"
[ -x "$root/bin/node-agent" ] || fail "no program may be run below $dir/image; choose an --agent-dir that is not mounted noexec"

# Two controllers at once unpack beside each other; the first rename wins, under this lock.
lock=$dir/image/.lock
tries=0
until mkdir "$lock" 2>/dev/null; do
  tries=$((tries + 1))
  [ "$tries" -gt 20 ] && rmdir "$lock" 2>/dev/null
  sleep 1
done
if [ ! -x "$dir/image/$name/bin/node-agent" ]; then
  rm -rf "${dir:?}/image/$name" # its directories, where old files are cleared away
  mv "$root" "$dir/image/$name" || { rmdir "$lock"; fail "cannot rename the unpacked image below $dir/image"; }
fi
# Those of other images are nothing that anybody will ask this node for.
for old in "$dir"/image/*.tar.gz; do
  [ "$old" = "$dir/image/$name.tar.gz" ] || rm -f "$old"
done
mv "$new.tar.gz" "$dir/image/$name.tar.gz"
rmdir "$lock" 2>/dev/null || : # broken by another controller: the image is there all the same
