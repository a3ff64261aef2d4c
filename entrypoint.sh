#!/bin/sh
# What a step of a workflow starts: Preflight as an action, with its input in the environment.
#
# A workflow's environment reaches this container whole: what an earlier step or setup-java left
# there must not choose the JVM's options, its libraries, or the database that a client reads.
# The dynamic loader has obeyed LD_PRELOAD and LD_LIBRARY_PATH for this shell before its first line
# is read. Nothing here can undo that; what is started from here is free of them.
set -eu

PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
# Before Debian's pg_wrapper, which takes orders from files in HOME, and that is the workflow's.
for programs in /usr/lib/postgresql/*/bin; do
  PATH=$programs:$PATH
done
unset JAVA_HOME JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS JDK_AOT_VM_OPTIONS CLASSPATH \
  BASH_ENV ENV PSQLRC OPENSSL_CONF OPENSSL_MODULES LANGUAGE TMPDIR
# Whole families. A line of a value may look like a variable; then its name is unset for nothing.
for name in $(env | sed -n 's/^\(\(PG\|LD_\|LC_\|PYTHON\|PSQL_\)[A-Za-z0-9_]*\)=.*/\1/p'); do
  unset "$name"
done
export PATH LANG=C.UTF-8 LC_ALL=C.UTF-8 TZ=UTC

# In place of this shell, so that a cancelled step's signal reaches the JVM.
exec /opt/java/bin/java @/app/jvm-options -jar /app/classpath/preflight.jar action
