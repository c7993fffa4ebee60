#!/usr/bin/env bash
# Starts the Docker daemon in the background where no systemd does it, and waits until it answers. Does nothing when
# one answers already, and only waits for one that is there and does not answer yet. The machine's network is left alone: no bridge, no rules; the sandbox has no network anyway.
set -euo pipefail

socket=/var/run/docker.sock
log=/var/log/dockerd.log

answers() { curl -fsS --max-time 2 --unix-socket "$socket" http://docker/_ping >/dev/null 2>&1; }

if answers; then
  echo 'the Docker daemon is already running'
  exit 0
fi

daemon=$(pgrep -o -x dockerd || true)
if [ -z "$daemon" ]; then
  if ! mountpoint -q /sys/fs/cgroup && command -v cgroupfs-mount >/dev/null; then cgroupfs-mount; fi
  setsid nohup dockerd --iptables=false --bridge=none --ip-forward=false >"$log" 2>&1 </dev/null &
  daemon=$!
fi

for tenth in $(seq 600); do
  if answers; then
    echo "the Docker daemon answers after $((tenth - 1)) tenths of a second, pid $daemon"
    exit 0
  fi
  if ! kill -0 "$daemon" 2>/dev/null; then
    echo 'the Docker daemon ended:'
    [ ! -f "$log" ] || tail -20 "$log"
    exit 1
  fi
  sleep 0.1
done
echo 'the Docker daemon did not answer within a minute:'
[ ! -f "$log" ] || tail -20 "$log"
exit 1
