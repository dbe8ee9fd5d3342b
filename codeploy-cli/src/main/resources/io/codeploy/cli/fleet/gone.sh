# Waits until an agent that was asked to stop has ended: whoever asked may remove what it has. Ten seconds at most, as
# nobody may be there to take notice of its end, and then it seems to run for ever.
# $1: its process
tries=100
while kill -0 "$1" 2>/dev/null && [ "$tries" -gt 0 ]; do
  if sleep 0.1 2>/dev/null; then
    tries=$((tries - 1))
  else
    sleep 1
    tries=$((tries - 10))
  fi
done
