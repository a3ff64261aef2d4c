package dev.confiture.preflight.cli;

import picocli.CommandLine.IVersionProvider;

/** The versions that a bug report needs. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"preflight " + number() + " (Java " + Runtime.version() + ")"};
  }

  static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(from a checkout)" : version;
  }
}
