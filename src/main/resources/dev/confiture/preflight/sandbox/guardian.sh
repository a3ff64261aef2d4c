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

# confined USER COMMAND…: the same, of a server that can execute no program but itself, and open only
# the cluster, what PostgreSQL is made of and what the system's libraries read. Fails where setpriv
# (before util-linux 2.41) or the kernel cannot: https://docs.kernel.org/userspace-api/landlock.html
confined() {
  user=$1
  shift
  set -- \
    --landlock-rule "path-beneath:execute,read-file:$programs/postgres" \
    --landlock-rule "path-beneath:write-file,read-file,read-dir,remove-dir,remove-file,make-dir,\
make-reg,make-sym,refer,truncate:$data" \
    --landlock-rule path-beneath:read-file,write-file:/dev/null \
    "$@"
  # The kernel executes the loader of dynamic programs.
  for file in /lib/ld-*.so* /lib64/ld-*.so*; do
    [ -f "$file" ] && set -- --landlock-rule "path-beneath:execute,read-file:$file" "$@"
  done
  for file in /dev/urandom /etc/ld.so.cache /etc/localtime /etc/hosts /etc/nsswitch.conf \
    /etc/ssl/openssl.cnf /etc/pki/tls/openssl.cnf; do
    [ -e "$file" ] && set -- --landlock-rule "path-beneath:read-file:$file" "$@"
  done
  # Debian keeps dictionaries of spelling packages in the last one.
  for place in "$programs/../lib" "$programs/../lib64" "$programs/../share" \
    /lib /lib64 /usr/lib /usr/lib64 /usr/share /usr/local/lib /usr/local/share \
    /etc/crypto-policies /var/cache/postgresql/dicts; do
    [ -d "$place" ] && set -- --landlock-rule "path-beneath:read-file,read-dir:$place" "$@"
  done
  set -- --landlock-access fs "$@"
  [ -n "$user" ] || set -- setpriv --no-new-privs "$@"
  as "$user" "$@"
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
  # (A server of its own asks for the name of its user.) Where this server cannot be confined, the
  # next one cannot either; the file that says so says why.
  start=confined
  (confined "$maker" --landlock-rule path-beneath:read-file:/etc/passwd "$programs/postgres" \
    --single -c exit_on_error=on -D "$data" template1 <"$folder/start.sql") \
    >/dev/null 2>"$folder/unconfined" || start=as
  if [ "$start" = confined ]; then
    rm "$folder/unconfined"
  else
    (as "$maker" "$programs/postgres" --single -c exit_on_error=on -D "$data" template1 \
      <"$folder/start.sql" >/dev/null) || exit
  fi
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
  "$start" "$runner" "$programs/postgres" -D "$data"
}

# Tells whether the server's user runs anything still; what is dead and not reaped does not count.
is_running() {
  # A process that ends meanwhile is an error to grep, whatever it has found besides.
  running=$(grep -ls "^Uid:.$own[^0-9]" /proc/[0-9]*/status || :)
  [ -n "$running" ] || return
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
