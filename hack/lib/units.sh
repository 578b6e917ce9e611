# shellcheck shell=bash
# Processes that are kept up: systemd units where PID 1 is systemd, else hack/lib/supervise. Source after settings.sh.

# Perl: prctl(PR_SET_CHILD_SUBREAPER), then the arguments as a command. What daemons leave to the first process of the machine
# goes to the supervisor instead: in a container the first process may take seconds to collect a machine that was killed, and
# libvirt hears of its end no sooner. systemd collects at once.
# shellcheck disable=SC2016
BE_SUBREAPER='my %prctl = (x86_64 => 157, aarch64 => 167); my $call = $prctl{`uname -m` =~ s/\s//r}; !$call or syscall($call, 36, 1, 0, 0, 0) == 0 or die "prctl: $!"; exec @ARGV'

unit_name() { printf 'minicloud-%s-%s.service' "$(printf %s "$MINICLOUD_HOME" | sha256sum | cut -c1-6)" "$1"; }

unit_runs() {
  if is_systemd; then systemctl is-active -q "$(unit_name "$1")"; else [ -e "$RUN/$1.lock" ] && ! flock -n "$RUN/$1.lock" true 2>/dev/null; fi
}

# start_unit NAME COMMAND...: starts it, or again when the command changed; a process that runs with this command is left alone.
start_unit() {
  local name=$1 command=$RUN/$1.command
  shift
  { printf '#!/bin/bash\nexec'; printf ' %q' "$@"; printf '\n'; } >"$command.new"
  chmod 700 "$command.new"
  if [ -e "$command" ] && cmp -s "$command" "$command.new" && unit_runs "$name"; then
    rm -f "$command.new"
    return 0
  fi
  stop_unit "$name"
  mv -f "$command.new" "$command"
  if is_systemd; then
    # KillMode=process: what the operator and libvirtd started outlives them.
    printf '[Unit]\nDescription=minicloud %s\nStartLimitIntervalSec=0\n[Service]\nExecStart=%s\nRestart=always\nRestartSec=2\nKillMode=process\nLimitNOFILE=65536\nStandardOutput=append:%s\nStandardError=inherit\n[Install]\nWantedBy=multi-user.target\n' \
      "$name" "$command" "$LOG/$name.log" >"/etc/systemd/system/$(unit_name "$name")"
    systemctl daemon-reload
    systemctl enable -q --now "$(unit_name "$name")"
  else
    setsid perl -e "$BE_SUBREAPER" "$REPO/hack/lib/supervise" "$RUN" "$LOG" "$name" </dev/null >/dev/null 2>&1 8>&- &
    disown
  fi
}

# stop_unit NAME: returns when it has ended.
stop_unit() {
  local pid
  if is_systemd; then
    [ -e "/etc/systemd/system/$(unit_name "$1")" ] || return 0
    systemctl disable -q --now "$(unit_name "$1")"
    rm -f "/etc/systemd/system/$(unit_name "$1")"
    systemctl daemon-reload
  elif [ -e "$RUN/$1.lock" ] && unit_runs "$1"; then
    pid=$(cat "$RUN/$1.pid")
    kill -TERM "$pid" 2>/dev/null || true
    timeout 60 tail --pid="$pid" -f /dev/null || die "$1 (process $pid) does not end" "look into $LOG/$1.log, end it yourself and run this again"
  fi
}

# need_ports UNIT:PORT...: each is free, or its unit runs.
need_ports() {
  local unit
  for unit in "$@"; do
    unit_runs "${unit%:*}" || [ -z "$(ss -Hltn "sport = :${unit#*:}")" ] ||
      die "port ${unit#*:} (for ${unit%:*}) is taken: $(ss -Hltnp "sport = :${unit#*:}" | awk '{ print $NF }')" "end that program, or choose other ports: MINICLOUD_PORT_BASE=26440 $0"
  done
}

# becomes_true SECONDS COMMAND...: waits until the command succeeds; false when it did not in time.
becomes_true() {
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt "$end" ] || return 1
    read -rt 0.3 <> <(:) || true
  done
}

# await SECONDS WHAT LOG COMMAND...: the same, and gives up with the end of the log.
await() {
  becomes_true "$1" "${@:4}" || { tail -n 10 "$3" >&2; die "$2 did not become ready within $1 s" "its log is $3"; }
}
