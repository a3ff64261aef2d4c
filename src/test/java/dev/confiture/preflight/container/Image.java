package dev.confiture.preflight.container;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The image of the action. */
final class Image {

  private Image() {}

  /** The image under test; without one the test is skipped, unless that is forbidden. */
  static String underTest() {
    String image = System.getProperty("preflight.image", "");
    assumeTrue(
        !image.isEmpty() || Boolean.getBoolean("preflight.containers.required"),
        "no image to test: -Dpreflight.image=NAME");
    return image;
  }
}
