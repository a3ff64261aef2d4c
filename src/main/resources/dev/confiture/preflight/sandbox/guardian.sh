# Makes a cluster, runs its server, and removes both as soon as standard input ends: whoever holds
# the other end of that pipe has closed it, or is gone, however it went.
#
# Started by root it stays root, out of the reach of what runs in the server, and the folder with
# it; the cluster alone is the runner's, a user number of this run that nothing else has.
#
# Arguments: the private folder, the folder of the programs, the cluster to copy (empty for none), the
# users that make the cluster and that run it, as uid:gid (empty for the one that started this), and
# the number of the runner if nothing but this run has it: all that runs as it is ended (else empty).
folder=$1 programs=$2 cluster=$3 maker=$4 runner=$5 own=$6
data=$folder/data
umask 077
exec 3<&0 </dev/null >>"$folder/server.log" 2>&1
trap '' HUP INT TERM

as() { # as USER COMMAND…: runs it in place of this shell, as that user, who can gain nothing
  user=$1
  shift
  if [ -n "$user" ]; then
    exec setpriv --reuid="${user%:*}" --regid="${user#*:}" --clear-groups --no-new-privs "$@"
  fi
  exec "$@"
}

copy_cluster() {
  [ -n "$cluster" ] && (as "$maker" cp -R "$cluster/." "$data")
}

make_cluster() {
  (as "$maker" sh -c 'rm -rf "$1"/*' sh "$data")
  (umask 022 && echo preflight >"$folder/password")
  (as "$maker" "$programs/initdb" --pgdata="$data" --username=preflight \
    --pwfile="$folder/password" --auth-host=password --auth-local=reject --encoding=UTF8 \
    --locale="$1" --no-sync)
}

serve() {
  trap - HUP INT TERM
  exec 3<&-
  mkdir "$data" || exit
  if [ -n "$maker" ]; then
    chown "$maker" "$data" || exit
  fi
  # Not every system has C.UTF-8.
  copy_cluster || make_cluster C.UTF-8 || make_cluster C || exit
  cat "$folder/settings" >>"$data/postgresql.conf"
  if [ "$(cat "$data/PG_VERSION")" -ge 18 ]; then
    echo 'io_method = sync' >>"$data/postgresql.conf"
  fi
  # The superuser of initdb has a password that is known. Before the server listens, it has none.
  (as "$maker" "$programs/postgres" --single -c exit_on_error=on -D "$data" template1 \
    <"$folder/start.sql" >/dev/null) || exit
  rm "$folder/start.sql"
  if [ -n "$runner" ]; then
    chown -R "$runner" "$data" || exit
  fi
  # A migration that wants ever more gets an error, not the machine. Where the kernel must choose, it
  # takes this server rather than whoever reports on it. A core file would hold what it must not.
  ulimit -c 0
  ulimit -v 4194304 2>/dev/null
  ulimit -f 4194304 2>/dev/null
  { echo 500 >/proc/self/oom_score_adj; } 2>/dev/null
  echo "--- server ---"
  as "$runner" "$programs/postgres" -D "$data"
}

# Tells whether the server's user runs anything still; what is dead and not reaped does not count.
is_running() {
  running=$(grep -l "^Uid:.$own[^0-9]" /proc/[0-9]*/status 2>/dev/null) || return
  # shellcheck disable=SC2086  # a list of files without blanks in their names
  grep -qs "^State:.[^ZX]" $running
}

# Ends whatever else the server's user runs: a program that the server started outlives it.
sweep() {
  swept=0
  while [ -n "$own" ] && [ "$swept" -lt 100 ] && is_running; do
    (as "$runner" sh -c 'kill -KILL -1') 2>/dev/null
    sleep 0.02
    swept=$((swept + 1))
  done
}

serve &
server=$!
(
  while read -r _; do :; done
  # Again and again: the shell ignores the signal until the server has taken its place. Not for
  # ever: where nobody reaps a dead server, it can be signalled still.
  tries=0
  while [ "$tries" -lt 1200 ] && [ ! -e "$folder/ended" ] && kill -QUIT "$server" 2>/dev/null; do
    sleep 0.05
    tries=$((tries + 1))
  done
  sweep
  cd /
  rm -rf "$folder"
) <&3 &
watcher=$!
exec 3<&-
wait "$server"
[ -d "$folder" ] && : >"$folder/ended"
wait "$watcher"
if [ -d "$folder" ]; then
  sweep
  cd /
  rm -rf "$folder"
fi
