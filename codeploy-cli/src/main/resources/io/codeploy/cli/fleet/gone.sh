# Waits until an agent that was asked to stop has ended: whoever asked may remove what it has. Ten seconds at most, as
# nobody may be there to take notice of its end, and then it seems to run for ever.
# $1: its process
tries=100
while kill -0 "$1" 2>/dev/null && [ "$tries" -gt 0 ]; do
  tries=$((tries - 1))
  sleep 0.1 2>/dev/null || sleep 1
done
