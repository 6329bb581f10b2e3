package org.hitc.listener.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hitc.channel.Refusal;

/** What is recorded: a closed list. No event has a place for a token, a password or an argument. */
public sealed interface AuditEvent {

  /** The listener started. */
  record Started(String instance, String version) implements AuditEvent {}

  /** The listener stopped in an orderly way. */
  record Stopped(String instance) implements AuditEvent {}

  /**
   * A configuration was loaded, or refused.
   *
   * @param file its path
   * @param sha256 of its bytes, lower-case hex
   * @param accepted false when the earlier one stays in force
   */
  record ConfigLoaded(String file, String sha256, boolean accepted) implements AuditEvent {}

  /**
   * A sign-in try.
   *
   * @param user as typed
   * @param source address of the browser as the gateway reported it
   */
  record SignIn(String user, String source, boolean granted) implements AuditEvent {}

  /**
   * A sign-in goes on with a further screen; nobody is signed in yet. Limited in rate, see {@link
   * AuditLog#append}.
   *
   * @param user as typed
   * @param source address of the browser as the gateway reported it
   * @param screen what is asked for, such as {@code NEW_PASSWORD}
   */
  record SignInAsked(String user, String source, String screen) implements AuditEvent {}

  /** So many more sign-ins that went on with a further screen were not recorded one by one. */
  record SignInsAskedCounted(long count) implements AuditEvent {}

  /** So many more sign-ins that failed were not recorded one by one. */
  record SignInsCounted(long count) implements AuditEvent {}

  /**
   * The keys of this node, at the start and after each change.
   *
   * @param signs id of the key that signs sessions
   * @param seals id of the key that seals checkpoints
   * @param believes ids of the keys whose sessions are believed, each with its node and its end
   * @param change what is new
   */
  record KeysInForce(String signs, String seals, List<String> believes, String change)
      implements AuditEvent {
    public KeysInForce {
      believes = List.copyOf(believes);
    }
  }

  /**
   * The log goes on in a new file; this is its first record.
   *
   * @param part name of the file before
   */
  record LogContinued(String part) implements AuditEvent {}

  /** While the log could not be written, so many records more than could be kept were lost. */
  record RecordsLost(long count) implements AuditEvent {}

  /** A session ended before its time: signed out, revoked, or its token was stolen. */
  record SessionEnded(String user, String sessionDigest, String reason) implements AuditEvent {}

  /**
   * Grants have ended, and the launcher could not be told: it takes them for good until it is.
   *
   * @param subject what they are of, such as {@code session 5e55 of anna}
   * @param why what the launcher said, or why it said nothing
   */
  record RevocationOwed(String subject, String why) implements AuditEvent {}

  /** The launcher has been told, after some time or by the listener of another node. */
  record RevocationTold(String subject) implements AuditEvent {}

  /**
   * A request was refused. Limited in rate, see {@link AuditLog#append}.
   *
   * @param user who asked, when the session was valid
   * @param detail what was wrong, for the operator
   */
  record Refused(Refusal why, Optional<String> user, String detail) implements AuditEvent {}

  /** So many more refusals of this kind were not recorded one by one. */
  record RefusalsCounted(Refusal why, long count) implements AuditEvent {}

  /** So many pieces of garbage (not even a request) were dropped. */
  record GarbageCounted(String kind, long count) implements AuditEvent {}

  /**
   * A job was accepted and is about to start.
   *
   * @param job its reference, such as {@code 7K3P-2M}
   * @param sessionDigest which session, not its token
   * @param programs registered names, in order
   * @param argumentDigests {@link ArgumentDigests}, one per program
   * @param choices offers that were chosen, as offered
   * @param writes true when it may change something
   */
  record JobAccepted(
      String job,
      String user,
      String sessionDigest,
      String workflow,
      String step,
      List<String> programs,
      List<String> argumentDigests,
      List<String> choices,
      boolean writes)
      implements AuditEvent {
    public JobAccepted {
      programs = List.copyOf(programs);
      argumentDigests = List.copyOf(argumentDigests);
      choices = List.copyOf(choices);
    }
  }

  /**
   * Another chain of programs of a job is about to start.
   *
   * @param argumentDigests {@link ArgumentDigests}, one per program
   * @param writes true when the job may change something
   */
  record JobContinued(
      String job, List<String> programs, List<String> argumentDigests, boolean writes)
      implements AuditEvent {
    public JobContinued {
      programs = List.copyOf(programs);
      argumentDigests = List.copyOf(argumentDigests);
    }
  }

  /** A job shares the programs of another one of the same user, which was given the same. */
  record JobJoined(String job, String joined) implements AuditEvent {}

  /** A program failed too often in a row, the last time for this job, and is paused. */
  record ProgramPaused(String program, String job) implements AuditEvent {}

  /** A program that was paused worked for this job. */
  record ProgramResumed(String program, String job) implements AuditEvent {}

  /** A program of a job was started. */
  record ProgramStarted(String job, String program, String as, int pid) implements AuditEvent {}

  /**
   * A program of a job ended.
   *
   * @param ending such as {@code exit 1}, {@code signal 11}, {@code timeout}
   */
  record ProgramEnded(String job, String program, String ending, long outputBytes)
      implements AuditEvent {}

  /** A job ended, with this outcome. */
  record JobEnded(String job, String outcome) implements AuditEvent {}

  /**
   * An operator's command did something while the listener ran or was stopped. A crash may leave
   * two records of one notice.
   *
   * @param notice its id, the same in both
   * @param done when it was done
   * @param by who did it, as the operating system says
   * @param what such as {@code sessions-end}
   * @param subject to what, such as {@code user anna}
   */
  record Administered(String notice, Instant done, String by, String what, String subject)
      implements AuditEvent {}

  /**
   * At the end of the file stood something that is no whole record: what a crash or a full disk
   * left. It stays where it is, and is bound into the chain by this.
   *
   * @param bytes its length
   * @param fragmentSha256 its hash, lower-case hex
   */
  record TornRecord(long bytes, String fragmentSha256) implements AuditEvent {}

  /**
   * True when the record must be on the disk before the caller goes on: a job that may change
   * something, and what says who may sign in and run what. Everything else is in the operating
   * system's hands at once (a killed listener loses nothing) and on the disk within a second.
   */
  default boolean durable() {
    return switch (this) {
      case JobAccepted job -> job.writes();
      case JobContinued job -> job.writes();
      case Started _,
          Stopped _,
          ConfigLoaded _,
          KeysInForce _,
          Administered _,
          LogContinued _,
          RecordsLost _,
          TornRecord _ ->
          true;
      case SignIn _,
          SignInAsked _,
          SignInsAskedCounted _,
          SignInsCounted _,
          SessionEnded _,
          RevocationOwed _,
          RevocationTold _,
          Refused _,
          RefusalsCounted _,
          GarbageCounted _,
          JobJoined _,
          ProgramPaused _,
          ProgramResumed _,
          ProgramStarted _,
          ProgramEnded _,
          JobEnded _ ->
          false;
    };
  }
}
