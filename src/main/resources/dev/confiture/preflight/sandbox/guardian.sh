# Makes a cluster, runs its server, and removes both as soon as standard input ends: whoever holds
# the other end of that pipe has closed it, or is gone, however it went.
# Arguments: the private folder, the folder of the programs, the cluster to copy (empty for none).
folder=$1 programs=$2 cluster=$3
data=$folder/data
umask 077
exec 3<&0 </dev/null >>"$folder/server.log" 2>&1
trap '' HUP INT TERM

copy_cluster() {
  [ -n "$cluster" ] && cp -R "$cluster" "$data"
}

make_cluster() {
  rm -rf "$data"
  echo preflight >"$folder/password"
  "$programs/initdb" --pgdata="$data" --username=preflight --pwfile="$folder/password" \
    --auth-host=password --auth-local=reject --encoding=UTF8 --locale="$1" --no-sync
}

serve() {
  trap - HUP INT TERM
  exec 3<&-
  # Not every system has C.UTF-8.
  copy_cluster || make_cluster C.UTF-8 || make_cluster C || exit
  cat "$folder/settings" >>"$data/postgresql.conf"
  if [ "$(cat "$data/PG_VERSION")" -ge 18 ]; then
    echo 'io_method = sync' >>"$data/postgresql.conf"
  fi
  # The superuser of initdb has a password that is known. Before the server listens, it has none.
  "$programs/postgres" --single -c exit_on_error=on -D "$data" template1 \
    <"$folder/start.sql" >/dev/null || exit
  rm "$folder/start.sql"
  # A migration that wants ever more gets an error, not the machine. Where the kernel must choose, it
  # takes this server rather than whoever reports on it. A core file would hold what it must not.
  ulimit -c 0
  ulimit -v 4194304 2>/dev/null
  ulimit -f 4194304 2>/dev/null
  { echo 500 >/proc/self/oom_score_adj; } 2>/dev/null
  echo "--- server ---"
  exec "$programs/postgres" -D "$data"
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
  cd /
  rm -rf "$folder"
) <&3 &
watcher=$!
exec 3<&-
wait "$server"
[ -d "$folder" ] && : >"$folder/ended"
wait "$watcher"
cd /
rm -rf "$folder"
