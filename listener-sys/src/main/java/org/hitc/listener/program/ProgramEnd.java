package org.hitc.listener.program;

import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.listener.launcher.os.ProcessCalls;

/** How one program ended. */
public sealed interface ProgramEnd {

  /** It exited by itself with this code, 0 to 255. */
  record Exited(int code) implements ProgramEnd {}

  /** A signal ended it: a failure of the job, whatever it had printed. */
  record Signalled(int signal) implements ProgramEnd {}

  /** It was killed because its time was over. */
  record TimedOut() implements ProgramEnd {}

  /** It was killed because it printed more than it may. */
  record OutputLimit() implements ProgramEnd {}

  /** It was killed because somebody cancelled the job. */
  record Cancelled(String reason) implements ProgramEnd {}

  /**
   * It was killed because what it printed could not be kept.
   *
   * @param why the named refusal
   * @param detail for the operator
   */
  record NotTaken(Refusal why, String detail) implements ProgramEnd {}

  /**
   * It was never started.
   *
   * @param why the named refusal
   * @param detail for the operator
   */
  record NotStarted(Refusal why, String detail) implements ProgramEnd {}

  /** What the kernel says of a child. */
  static ProgramEnd of(ProcessCalls.Ended ended) {
    return switch (ended.status()) {
      case ProcessCalls.Status.Exited(int code) -> new Exited(code);
      case ProcessCalls.Status.Signalled(int signal) -> new Signalled(signal);
    };
  }

  /** The refusal to report; nothing for an exit, which only the workflow can judge. */
  default Optional<Refusal> refusal() {
    return switch (this) {
      case Exited _ -> Optional.empty();
      case Signalled _ -> Optional.of(Refusal.JOB_SIGNAL);
      case TimedOut _ -> Optional.of(Refusal.JOB_TIMEOUT);
      case OutputLimit _ -> Optional.of(Refusal.JOB_OUTPUT_LIMIT);
      case Cancelled _ -> Optional.of(Refusal.JOB_CANCELLED);
      case NotTaken(Refusal why, String _) -> Optional.of(why);
      case NotStarted(Refusal why, String _) -> Optional.of(why);
    };
  }

  /** In a few words, for logs and the audit: {@code exit 1}, {@code signal 11}. */
  default String words() {
    return switch (this) {
      case Exited(int code) -> "exit " + code;
      case Signalled(int signal) -> "signal " + signal;
      case TimedOut _ -> "timeout";
      case OutputLimit _ -> "output limit";
      case Cancelled(String reason) -> "cancelled " + reason;
      case NotTaken(Refusal why, String detail) -> "killed: " + why.code() + " " + detail;
      case NotStarted(Refusal why, String detail) -> "not started: " + why.code() + " " + detail;
    };
  }
}
