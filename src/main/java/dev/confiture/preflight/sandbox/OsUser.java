package dev.confiture.preflight.sandbox;

import dev.confiture.preflight.problem.Problem.SandboxProblem;
import dev.confiture.preflight.process.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Names the user of the operating system that the server runs as.
 *
 * <p>PostgreSQL refuses to run as root
 * (https://www.postgresql.org/docs/current/postgres-user.html), and a migration is untrusted code:
 * as root we start it as another user without supplementary groups; as anyone else, as ourselves.
 *
 * @param name as in the passwd file; initdb needs the entry
 * @param uid its number
 * @param gid the number of its group
 * @param ourselves true if this process runs as that user already
 */
record OsUser(String name, int uid, int gid, boolean ourselves) {

  private static final Path PASSWD = Path.of("/etc/passwd");

  /** Returns the user for the server: ourselves unless we are root, else postgres, else nobody. */
  static OsUser forServer() {
    int own = ownUid();
    if (own != 0) {
      return new OsUser(System.getProperty("user.name", ""), own, -1, true);
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
    // A session of its own: a signal from the terminal ends us, and the guardian cleans up after.
    Programs.find("setsid").ifPresent(found -> words.add(found.toString()));
    return words;
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
