package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.problem.Problem.SandboxProblem;
import dev.confiture.preflight.process.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Names a user of the operating system that a program of ours runs as.
 *
 * <p>PostgreSQL refuses to run as root
 * (https://www.postgresql.org/docs/current/postgres-user.html), and a migration is untrusted code:
 * as root we start it as another user without supplementary groups; as anyone else, as ourselves.
 *
 * @param name as in the passwd file, or its number
 * @param uid its number
 * @param gid the number of its group
 * @param ourselves true if this process runs as that user already
 */
record OsUser(String name, int uid, int gid, boolean ourselves) {

  private static final Path PASSWD = Path.of("/etc/passwd");

  /** Numbers that <a href="https://systemd.io/UIDS-GIDS/">nothing else gives away</a>. */
  private static final List<Range> FREE =
      List.of(new Range(0x70000000, 0x7FFFFFFE), new Range(60706, 61183));

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long END_LIMIT = 5;
  private static final int TRIES = 20;

  private record Range(int first, int last) {}

  /**
   * Returns a user for what is not trusted: ourselves unless we are root, else a number that no
   * account has and nothing else runs as, so that all that runs as it can be ended, and no file or
   * socket of the machine is its own. Where there is no room for such numbers, the account's.
   */
  static OsUser ofRun() {
    if (!isRoot()) {
      return thisProcess();
    }
    long most = mapped();
    for (Range range : FREE) {
      for (int tried = 0; range.last() <= most && tried < TRIES; tried++) {
        int number = range.first() + RANDOM.nextInt(range.last() - range.first());
        if (!isTaken(number)) {
          return new OsUser(String.valueOf(number), number, number, false);
        }
      }
    }
    return account();
  }

  /** Returns true for the number of an account, or of a process that runs. */
  private static boolean isTaken(int number) {
    if (passwd().stream()
        .map(line -> line.split(":", -1))
        .anyMatch(fields -> fields.length > 2 && fields[2].equals(String.valueOf(number)))) {
      return true;
    }
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes.anyMatch(process -> isOwned(process, number));
    } catch (IOException unknowable) {
      return true;
    }
  }

  private static boolean isOwned(Path process, int number) {
    try {
      return Files.getAttribute(process, "unix:uid").equals(number);
    } catch (IOException | UnsupportedOperationException gone) {
      return false;
    }
  }

  private static OsUser thisProcess() {
    return new OsUser(System.getProperty("user.name", ""), ownUid(), -1, true);
  }

  /** Returns the highest number of this user namespace: a container may have 65,536 only. */
  private static long mapped() {
    try {
      long most = 0;
      for (String line : Files.readAllLines(Path.of("/proc/self/uid_map"))) {
        String[] fields = line.strip().split("\\s+", -1);
        most = Math.max(most, Long.parseLong(fields[0]) + Long.parseLong(fields[2]) - 1);
      }
      return most;
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException unknowable) {
      return 0;
    }
  }

  /**
   * Returns an account for programs that need one, as initdb does: ourselves unless we are root,
   * else postgres, else nobody.
   */
  static OsUser account() {
    if (!isRoot()) {
      return thisProcess();
    }
    List<String> all = passwd();
    return entry(all, "postgres")
        .or(() -> entry(all, "nobody"))
        .orElseThrow(
            () ->
                new SandboxProblem(
                    "starting the embedded server: this process runs as root, PostgreSQL refuses"
                        + " to, and there is neither a user postgres nor a user nobody",
                    "add such a user, run as an ordinary one, or name a server with --against"));
  }

  /** Returns true if this process runs as root. */
  static boolean isRoot() {
    return ownUid() == 0;
  }

  /** Returns the number of the user that this process runs as. */
  static int ownUid() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid
          ? uid
          : -1;
    } catch (IOException | UnsupportedOperationException unknowable) {
      return System.getProperty("user.name", "").equals("root") ? 0 : -1;
    }
  }

  /** Returns true for a number that nothing but this run has. */
  boolean isOfRun() {
    return !ourselves && name.equals(String.valueOf(uid));
  }

  /** Ends all that runs as a number of this run's; of an account's nothing is touched. */
  void endAll() {
    if (isOfRun()) {
      List<String> command = new ArrayList<>(prefix());
      command.addAll(List.of("/bin/sh", "-c", "kill -KILL -1"));
      try {
        Programs.start(command, Path.of("/")).waitFor(END_LIMIT, TimeUnit.SECONDS);
      } catch (IOException refused) {
        // Then what is left is found by who looks.
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Returns {@code uid:gid}; empty for ourselves. */
  String numbers() {
    return ourselves ? "" : uid + ":" + gid;
  }

  /** Returns the words before a command that runs as this user and can gain nothing. */
  List<String> prefix() {
    List<String> words = new ArrayList<>();
    Optional<Path> setpriv = Programs.find("setpriv");
    if (ourselves) {
      setpriv.ifPresent(found -> words.addAll(List.of(found.toString(), "--no-new-privs")));
    } else {
      words.addAll(
          List.of(
              setpriv
                  .orElseThrow(
                      () ->
                          new SandboxProblem(
                              "starting the embedded server as the user "
                                  + name
                                  + ": the program setpriv is not there",
                              "install util-linux, or run as an ordinary user"))
                  .toString(),
              "--reuid=" + uid,
              "--regid=" + gid,
              "--clear-groups",
              "--no-new-privs"));
    }
    words.addAll(inSessionOfItsOwn());
    return words;
  }

  /**
   * Returns the words before a command that leads a session of its own: a signal from the terminal
   * ends us, and the guardian cleans up after.
   */
  static List<String> inSessionOfItsOwn() {
    return Programs.find("setsid").map(Path::toString).stream().toList();
  }

  private static List<String> passwd() {
    try {
      return Files.readAllLines(PASSWD, StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static Optional<OsUser> entry(List<String> entries, String name) {
    return entries.stream()
        .map(line -> line.split(":", -1))
        .filter(fields -> fields.length >= 4 && fields[0].equals(name))
        .map(f -> new OsUser(name, Integer.parseInt(f[2]), Integer.parseInt(f[3]), false))
        .findFirst();
  }
}
