package dev.confiture.preflight;

import dev.confiture.preflight.report.Report;
import java.util.function.Consumer;

/** Shows the steps of a run to someone who waits, and what it has found before it cleans up. */
@FunctionalInterface
public interface Progress {

  /** Shows nothing. */
  Progress NONE = _ -> {};

  /**
   * Shows a step that has begun, or has come further.
   *
   * @param text a short sentence without a full stop
   */
  void step(String text);

  /** Shows a line that the team's own command has printed. */
  default void output(String line) {}

  /**
   * Takes the report before the run cleans up, which may hang or be killed. The run returns the
   * same one with what became of the server.
   */
  default void found(Report report) {}

  /** Returns the same that also gives the report to somebody. */
  default Progress giving(Consumer<Report> taker) {
    Progress steps = this;
    return new Progress() {
      @Override
      public void step(String text) {
        steps.step(text);
      }

      @Override
      public void output(String line) {
        steps.output(line);
      }

      @Override
      public void found(Report report) {
        taker.accept(report);
      }
    };
  }
}
