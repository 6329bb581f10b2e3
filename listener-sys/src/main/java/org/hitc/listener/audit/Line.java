package org.hitc.listener.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of the log: {@code {"n":N,"prev":"H","at":"T","event":"E",...,"sha256":"H"}}.
 *
 * <p>{@code prev} is the {@code sha256} of the line before, 64 zeros in the first; {@code sha256}
 * is over all bytes of the line in front of {@code ,"sha256"}. So every bit of the line is covered
 * by its own hash, and its place by the next line.
 *
 * @param number counts from 1
 * @param hash its own hash
 * @param at when what it tells of happened
 */
record Line(
    long number, String prev, String hash, Instant at, Optional<AuditEvent.TornRecord> torn) {
  static final String NO_LINE_BEFORE = "0".repeat(64);

  private static final String SUFFIX = ",\"sha256\":\"";
  private static final int SUFFIX_LENGTH = SUFFIX.length() + 64 + 2;
  private static final String DIGITS = "([0-9a-f]{64})";
  private static final Pattern START =
      Pattern.compile(
          "\\{\"n\":([1-9][0-9]{0,17}),\"prev\":\""
              + DIGITS
              + "\",\"at\":\"([0-9TZ:.-]{1,40})\",\"event\":");
  private static final Pattern TORN =
      Pattern.compile(
          "\"event\":\"torn-record\",\"bytes\":([1-9][0-9]{0,17}),\"fragment_sha256\":\""
              + DIGITS
              + "\"$");

  /** The bytes of a record, with the line end. */
  static byte[] write(long number, String prev, Instant at, AuditEvent event) {
    Json json = new Json().put("n", number).put("prev", prev).put("at", at.toString());
    fields(json, event);
    String open = json.open();
    return (open + SUFFIX + sha256(open.getBytes(US_ASCII)) + "\"}\n").getBytes(US_ASCII);
  }

  /**
   * A line read back.
   *
   * @param bytes without the line end
   * @return nothing when the line is not, bit for bit, what {@link #write} writes
   */
  static Optional<Line> read(byte[] bytes) {
    int end = bytes.length - SUFFIX_LENGTH;
    if (end <= 0) {
      return Optional.empty();
    }
    // ISO 8859-1 keeps every byte apart: a flipped high bit must not fold into a replacement.
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    String open = text.substring(0, end);
    String hash = sha256(bytes, end);
    Matcher start = START.matcher(open);
    if (!text.substring(end).equals(SUFFIX + hash + "\"}") || !start.lookingAt()) {
      return Optional.empty();
    }
    Optional<Instant> at = time(start.group(3));
    if (at.isEmpty()) {
      return Optional.empty();
    }
    Matcher torn = TORN.matcher(open);
    return Optional.of(
        new Line(
            Long.parseLong(start.group(1)),
            start.group(2),
            hash,
            at.get(),
            torn.find()
                ? Optional.of(
                    new AuditEvent.TornRecord(Long.parseLong(torn.group(1)), torn.group(2)))
                : Optional.empty()));
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** The hash that {@link #write} put at the end of its bytes. */
  static String hashIn(byte[] written) {
    return new String(written, written.length - 64 - 3, 64, US_ASCII);
  }

  static String sha256(byte[] bytes) {
    return sha256(bytes, bytes.length);
  }

  private static String sha256(byte[] bytes, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, length);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  private static void fields(Json json, AuditEvent event) {
    switch (event) {
      case AuditEvent.Started e ->
          json.put("event", "started").put("instance", e.instance()).put("version", e.version());
      case AuditEvent.Stopped e -> json.put("event", "stopped").put("instance", e.instance());
      case AuditEvent.ConfigLoaded e ->
          json.put("event", "config-loaded")
              .put("file", e.file())
              .put("file_sha256", e.sha256())
              .put("accepted", e.accepted());
      case AuditEvent.SignIn e ->
          json.put("event", "sign-in")
              .put("user", e.user())
              .put("source", e.source())
              .put("granted", e.granted());
      case AuditEvent.SignInAsked e ->
          json.put("event", "sign-in-asked")
              .put("user", e.user())
              .put("source", e.source())
              .put("screen", e.screen());
      case AuditEvent.SignInsAskedCounted e ->
          json.put("event", "sign-ins-asked-counted").put("count", e.count());
      case AuditEvent.SignInsCounted e ->
          json.put("event", "sign-ins-counted").put("count", e.count());
      case AuditEvent.KeysInForce e ->
          json.put("event", "keys-in-force")
              .put("signs", e.signs())
              .put("seals", e.seals())
              .put("believes", e.believes())
              .put("change", e.change());
      case AuditEvent.LogContinued e -> json.put("event", "log-continued").put("part", e.part());
      case AuditEvent.RecordsLost e -> json.put("event", "records-lost").put("count", e.count());
      case AuditEvent.SessionEnded e ->
          json.put("event", "session-ended")
              .put("user", e.user())
              .put("session", e.sessionDigest())
              .put("reason", e.reason());
      case AuditEvent.RevocationOwed e ->
          json.put("event", "revocation-owed").put("subject", e.subject()).put("why", e.why());
      case AuditEvent.RevocationTold e ->
          json.put("event", "revocation-told").put("subject", e.subject());
      case AuditEvent.Refused e -> {
        json.put("event", "refused").put("why", e.why().code());
        e.user().ifPresent(user -> json.put("user", user));
        json.put("detail", e.detail());
      }
      case AuditEvent.RefusalsCounted e ->
          json.put("event", "refusals-counted").put("why", e.why().code()).put("count", e.count());
      case AuditEvent.GarbageCounted e ->
          json.put("event", "garbage-counted").put("kind", e.kind()).put("count", e.count());
      case AuditEvent.JobAccepted e ->
          json.put("event", "job-accepted")
              .put("job", e.job())
              .put("user", e.user())
              .put("session", e.sessionDigest())
              .put("workflow", e.workflow())
              .put("step", e.step())
              .put("programs", e.programs())
              .put("argument_digests", e.argumentDigests())
              .put("choices", e.choices())
              .put("writes", e.writes());
      case AuditEvent.JobContinued e ->
          json.put("event", "job-continued")
              .put("job", e.job())
              .put("programs", e.programs())
              .put("argument_digests", e.argumentDigests())
              .put("writes", e.writes());
      case AuditEvent.JobJoined e ->
          json.put("event", "job-joined").put("job", e.job()).put("joined", e.joined());
      case AuditEvent.ProgramPaused e ->
          json.put("event", "program-paused").put("program", e.program()).put("job", e.job());
      case AuditEvent.ProgramResumed e ->
          json.put("event", "program-resumed").put("program", e.program()).put("job", e.job());
      case AuditEvent.ProgramStarted e ->
          json.put("event", "program-started")
              .put("job", e.job())
              .put("program", e.program())
              .put("as", e.as())
              .put("pid", e.pid());
      case AuditEvent.ProgramEnded e ->
          json.put("event", "program-ended")
              .put("job", e.job())
              .put("program", e.program())
              .put("ending", e.ending())
              .put("output_bytes", e.outputBytes());
      case AuditEvent.JobEnded e ->
          json.put("event", "job-ended").put("job", e.job()).put("outcome", e.outcome());
      case AuditEvent.Administered e ->
          json.put("event", "administered")
              .put("notice", e.notice())
              .put("done", e.done().toString())
              .put("by", e.by())
              .put("what", e.what())
              .put("subject", e.subject());
      case AuditEvent.TornRecord e ->
          json.put("event", "torn-record")
              .put("bytes", e.bytes())
              .put("fragment_sha256", e.fragmentSha256());
    }
  }
}
