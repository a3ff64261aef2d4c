package dev.confiture.preflight.sandbox;

/** A process with an embedded server, for a test that kills it. */
final class KilledWhileServing {

  private KilledWhileServing() {}

  public static void main(String[] arguments) throws InterruptedException {
    EmbeddedServer server = EmbeddedServer.start(Servers.newest());
    System.out.println(server.folder());
    Thread.sleep(120_000);
    server.close();
  }
}
