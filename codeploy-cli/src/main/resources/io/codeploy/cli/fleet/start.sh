# Starts the agent detached unless one runs, waits until it has written its state, and tells it.
# $1: agent directory, absolute   $2: name of the image   $3: address for its cache
# $4: seconds to wait at most   $5: process that agent.state names and that does not answer, or 0
# $6: how long it is to stay idle, as node-agent has it, or nothing   $7: its niceness, or nothing
umask 077
dir=$1
name=$2
address=$3
tries=$(($4 * 5))
silent=$5
idle=$6
nice=$7
finish() {
  echo '@@codeploy-end'
  exit 0
}
fail() {
  printf 'error=%s\n' "$1"
  finish
}
# Whether the process of agent.state lives; one that nobody reaps is dead all the same.
running() {
  pid=$(sed -n 's/^pid=//p' "$dir/agent.state" 2>/dev/null)
  case $pid in
  '' | *[!0-9]*) return 1 ;;
  esac
  case $(sed -n 's/^State:[[:blank:]]*//p' "/proc/$pid/status" 2>/dev/null) in
  Z*) return 1 ;;
  *) kill -0 "$pid" 2>/dev/null ;;
  esac
}
wanted() {
  [ "$(sed -n 's/^version=//p' "$dir/agent.state" 2>/dev/null)" = "$name" ]
}
pause() {
  sleep 0.2 2>/dev/null || sleep 1
  tries=$((tries - 1))
  [ "$tries" -gt 0 ]
}
# Makes way for a new agent: the silent one may hang, be about to vanish after a kill -9, or have died
# long ago and its number be another process's, which is left alone.
end_silent() {
  running && [ "$pid" = "$silent" ] || return 0
  case $(command_line "$pid") in
  *" run --dir $dir "*) kill -9 "$pid" ;;
  ?*)
    rm -f "$dir/agent.state"
    return 0
    ;;
  esac
  while running; do
    pause || fail "the agent, process $pid, neither answers nor ends; restart the node"
  done
  rm -f "$dir/agent.state"
}
echo '@@codeploy-begin'

# One controller starts, the others wait for its agent; a lock whose owner died is taken over.
lock=$dir/start.lock
until mkdir "$lock" 2>/dev/null; do
  if [ ! -d "$lock" ]; then # let go of meanwhile, or nobody can make it, as on a disk that is read-only
    why=$(mkdir "$lock" 2>&1) && break
    [ -d "$lock" ] || fail "cannot make $lock: ${why##*: }; mend that or choose another --agent-dir"
  fi
  owner=$(cat "$lock/pid" 2>/dev/null)
  if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
    rm -rf "$lock"
  fi
  pause || fail "another controller is starting an agent in $dir; if none is, remove $lock"
done
echo $$ >"$lock/pid"
trap 'rm -rf "$lock"' EXIT
trap 'exit 1' HUP INT TERM PIPE

end_silent
# An agent of another version was asked to stop and may take a moment.
while running && ! wanted; do
  pause || fail "the agent of another version, process $pid, does not end; stop it by hand"
done
launch() {
  $detach ${nice:+nice -n "$nice"} nohup "$dir/image/$name/bin/node-agent" run --dir "$dir" --version "$name" \
    --listen "$address" ${idle:+--idle-out "$idle"} </dev/null >>"$log" 2>&1 &
  started=$!
}
# Whether a file of the image was missing, as where old files are cleared away; then all of it is there again.
repaired() {
  if [ ! -f "$dir/image/$name.tar.gz" ]; then
    remedy="; to install it anew, remove $dir/image/$name on the node and run again"
    return 1
  fi
  # In parentheses, as some shells run the last part of a pipeline themselves, and would end.
  gzip -dc "$dir/image/$name.tar.gz" | tar tf - | (
    while IFS= read -r file; do
      [ -e "$dir/image/$name/$file" ] || exit 1
    done
  ) && return 1
  gzip -dc "$dir/image/$name.tar.gz" | tar xf - -C "$dir/image/$name"
}
# What is to be done about an agent that ended at once. One that found another in its directory is started again: that
# other is about to end, or has lost its agent.state and writes it again within ten seconds.
relaunch() {
  wait "$started"
  if [ $? = 4 ]; then
    others=$((others - 1))
    [ "$others" -gt 0 ] || return 1
    sleep 1
    running && return 0
  elif [ "$again" = no ] && repaired 2>/dev/null; then
    again=yes
  else
    return 1
  fi
  launch
}
if ! running; then
  rm -f "$dir/agent.state"
  detach=$(command -v setsid)
  log=$dir/agent.log
  others=15
  again=no
  remedy=
  launch
  until running; do
    kill -0 "$started" 2>/dev/null || relaunch ||
      fail "the agent ended at once: $(tail -n 1 "$log" 2>/dev/null)$remedy"
    pause || fail "the agent does not answer; see $log on the node"
  done
  wanted || fail "an agent of another version was found, process $pid; run again"
fi
sed 's/^/state./' "$dir/agent.state"
finish
