#!/usr/bin/env bats
# What entrypoint.sh hands to the JVM. The JVM's path is changed in a copy: a way to change it from
# outside would be open to every workflow.

setup() {
  SOURCE=$BATS_TEST_DIRNAME/../../../entrypoint.sh
  cd "$BATS_TEST_TMPDIR" || exit
  cat >java <<'FAKE'
#!/bin/sh
env -0 >environment
printf '%s\n' "$@" >arguments
echo $$ >pid
if [ -e wait ]; then
  trap 'echo TERM >signal; exit 143' TERM
  touch ready
  for _ in $(seq 100); do sleep 0.1; done
fi
exit "$(cat status)"
FAKE
  chmod 755 java
  echo 0 >status
  sed "s#/opt/java/bin/java#$PWD/java#" "$SOURCE" >entrypoint.sh
  chmod 755 entrypoint.sh
}

# The names of the variables that the JVM saw.
names() { tr '\0' '\n' <environment | sed -n 's/^\([A-Za-z_][A-Za-z0-9_]*\)=.*/\1/p' | sort; }

# value NAME: as the JVM saw it.
value() { grep -z "^$1=" environment | tr -d '\0' | sed "1s/^$1=//"; }

@test "the copy under test differs from the script in the JVM's path alone" {
  [ "$(diff "$SOURCE" entrypoint.sh | grep -c '^[<>]')" -eq 2 ]
}

@test "the program is started as the action, with the options of the image" {
  ./entrypoint.sh
  [ "$(cat arguments)" = "$(printf '%s\n' @/app/jvm-options -jar /app/classpath/preflight.jar action)" ]
}

@test "arguments are not passed on" {
  ./entrypoint.sh --version 'a b'
  [ "$(tail -n 1 arguments)" = action ]
}

@test "options for a JVM, a library or a shell do not reach the program" {
  # LD_PRELOAD names a file that is not there: the loader complains and goes on.
  env JAVA_HOME=/x JAVA_TOOL_OPTIONS=-Dx=1 JDK_JAVA_OPTIONS=-Dx=2 _JAVA_OPTIONS=-Dx=3 \
    JDK_AOT_VM_OPTIONS=-Dx=4 CLASSPATH=/x LD_LIBRARY_PATH=/x LD_PRELOAD=/x.so LD_AUDIT=/x.so \
    BASH_ENV=/x ENV=/x OPENSSL_CONF=/x PYTHONPATH=/x PYTHONHOME=/x TMPDIR=/x \
    ./entrypoint.sh 2>/dev/null
  run names
  for gone in JAVA_HOME JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS JDK_AOT_VM_OPTIONS \
    CLASSPATH LD_LIBRARY_PATH LD_PRELOAD LD_AUDIT BASH_ENV ENV OPENSSL_CONF PYTHONPATH PYTHONHOME \
    TMPDIR; do
    [[ $'\n'$output$'\n' != *$'\n'$gone$'\n'* ]] || { echo "$gone is still set" && false; }
  done
}

@test "no database of the workflow's environment reaches the program" {
  env PGHOST=production PGPASSWORD=secret PGOPTIONS='-c x=1' PGSERVICEFILE=/x PGDATA=/x PG_MAJOR=18 \
    PSQLRC=/x PSQL_HISTORY=/x ./entrypoint.sh
  run names
  [[ $output != *PG* ]]
  [[ $output != *PSQL* ]]
}

@test "language, time zone and search path are our own" {
  env LANG=tr_TR.UTF-8 LC_ALL=de_DE LC_MESSAGES=fr_FR LANGUAGE=fr TZ=Asia/Kathmandu \
    PATH="$PWD:/usr/bin:/bin" ./entrypoint.sh
  [ "$(value LANG)" = C.UTF-8 ]
  [ "$(value LC_ALL)" = C.UTF-8 ]
  [ "$(value TZ)" = UTC ]
  [[ $(value PATH) == /usr/lib/postgresql/*/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin ]]
  [[ $(value PATH) != *"$PWD"* ]]
  run names
  [[ $output != *LC_MESSAGES* ]]
  [[ $output != *LANGUAGE* ]]
}

@test "the inputs and the runner's variables arrive as they were" {
  text=$'one\nPGHOST=two\n'
  env INPUT_SOURCE_URL='postgresql://u:p%20@h/d?a=b' INPUT_SINCE="$text" INPUT_EMPTY= \
    GITHUB_OUTPUT=/github/file_commands/out HOME=/github/home ./entrypoint.sh
  [ "$(value INPUT_SOURCE_URL)" = 'postgresql://u:p%20@h/d?a=b' ]
  [ "$(value INPUT_SINCE)" = $'one\nPGHOST=two' ]
  [ "$(value GITHUB_OUTPUT)" = /github/file_commands/out ]
  [ "$(value HOME)" = /github/home ]
  grep -qz '^INPUT_EMPTY=$' environment
}

@test "an empty environment is enough" {
  env -i ./entrypoint.sh
  [ "$(value LC_ALL)" = C.UTF-8 ]
}

@test "the exit code is the program's" {
  echo 2 >status
  run ./entrypoint.sh
  [ "$status" -eq 2 ]
}

@test "the JVM takes the shell's place, and a signal reaches it" {
  touch wait
  ./entrypoint.sh &
  shell=$!
  for _ in $(seq 100); do
    [ ! -e ready ] || break
    sleep 0.1
  done
  [ "$(cat pid)" = "$shell" ]
  kill -TERM "$shell"
  ended=0
  wait "$shell" || ended=$?
  [ "$ended" -eq 143 ]
  [ "$(cat signal)" = TERM ]
}

@test "no script of the image holds a carriage return" {
  run grep -rl $'\r' "$SOURCE" "$BATS_TEST_DIRNAME/../../image" "$BATS_TEST_DIRNAME/../../launcher"
  [ "$status" -eq 1 ]
}
