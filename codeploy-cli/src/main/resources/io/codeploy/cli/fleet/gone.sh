# Waits until an agent that was asked to stop has ended: whoever asked may remove what it has. Ten seconds at most, as
# nobody may be there to take notice of its end, and then it seems to run for ever.
# $1: agent directory, absolute   $2: its process   $3: "silent" where it could not be asked: then it is killed
if [ "$3" = silent ]; then
  # It may have died long ago and its number be another process's, which is left alone.
  case $(command_line "$2") in
  *" run --dir $1 "*) kill -9 "$2" 2>/dev/null ;;
  *) exit 0 ;;
  esac
  printf '@@codeploy-begin\nkilled=%s\n@@codeploy-end\n' "$2"
fi
tries=100
while kill -0 "$2" 2>/dev/null && [ "$tries" -gt 0 ]; do
  if sleep 0.1 2>/dev/null; then
    tries=$((tries - 1))
  else
    sleep 1
    tries=$((tries - 10))
  fi
done
