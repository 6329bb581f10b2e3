package org.hitc.channel;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Every reason for which anything can be refused: one closed list. Each has a name for logs and
 * audit ({@link #code}), a message key ({@link #messageKey}) and an HTTP status.
 */
public enum Refusal {
  // The wire: what came through the hole was not a request.
  REQ_SYNTAX(400),
  REQ_TOO_LONG(413),
  REQ_REPLAY(409),
  IN_TYPE(400),
  IN_OWNER(400),
  IN_LINKS(400),
  IN_MODE(400),
  IN_SIZE(413),
  IN_TRUNCATED(400),
  OUT_MISSING(400),
  OUT_TYPE(400),
  OUT_OWNER(400),
  OUT_NOREADER(503),
  OUT_STALLED(503),
  JOB_EXPIRED(503),

  // The service as a whole.
  BUSY(503),
  DAEMON_DOWN(503),
  NOT_ANSWERING(503),
  SPOOL_FULL(503),
  RESULT_TRUNCATED(503),
  STORE(503),
  AUDIT_FULL(503),
  INTERNAL(500),

  // The web side's own refusals, before anything crosses the hole.
  WEB_SYNTAX(400),
  WEB_COOKIE(400),
  WEB_HOST(421),
  WEB_ORIGIN(403),
  WEB_NOT_FOUND(404),
  WEB_METHOD(405),
  WEB_TOO_LARGE(413),

  // Signing in, and sessions.
  SIGN_IN(422),
  SIGN_IN_SLOW(429),
  SIGN_IN_ENDED(409),
  SIGN_IN_CODE(422),
  PASS_SHORT(422),
  PASS_LONG(422),
  PASS_SAME(422),
  PASS_NAME(422),
  PASS_AGAIN(422),
  SESS_NONE(401),
  SESS_FORMAT(401),
  SESS_KEY(401),
  SESS_SIG(401),
  SESS_EXPIRED(401),
  SESS_REVOKED(401),
  SESS_MISMATCH(403),
  SESS_UNKNOWN(404),

  // Workflows.
  WF_UNKNOWN(404),
  WF_ROLE(403),
  WF_PAGE(404),
  WF_STEP(409),
  WF_REPLAY(409),
  WF_STALE(409),
  WF_CHOICE(422),
  WF_COUNT(422),
  WF_FIELD(400),
  WF_CONFIG(409),

  // What was typed.
  ARG_REQUIRED(422),
  ARG_LEN(422),
  ARG_CHARSET(422),
  ARG_ENCODING(422),
  ARG_DASH(422),
  ARG_FORMAT(422),
  ARG_RANGE(422),
  ARG_DATE(422),
  ARG_FILE(422),

  // Programs.
  JOB_REFUSED(403),
  JOB_FAILED(500),
  JOB_SIGNAL(500),
  JOB_START(500),
  JOB_TIMEOUT(504),
  JOB_OUTPUT_LIMIT(500),
  JOB_PAUSED(503),
  JOB_CANCELLED(409),
  JOB_LOST(500),
  JOB_UNKNOWN(404),

  // Programs that run as another user: the launcher's refusals.
  RUN_USER(403),
  RUN_GROUP(403),
  RUN_PROGRAM(500),
  RUN_POLICY(403),
  RUN_ARGS(422),
  RUN_GRANT(403),
  RUN_DOWN(503),
  RUN_OFF(503),

  // What they printed.
  ROWS_SYNTAX(500),
  ROWS_TOTAL(500),
  ROWS_LIMIT(500),
  VALUES_SYNTAX(500),

  // A start that is refused: something that the sysadmin set up is not as it must be.
  CONFIG(500);

  private final int status;

  Refusal(int status) {
    this.status = status;
  }

  /** The HTTP status of a page that tells of it. */
  public int status() {
    return status;
  }

  /** The name in logs, in the audit and on the wire, such as {@code E-ARG-CHARSET}. */
  public String code() {
    return "E-" + name().replace('_', '-');
  }

  /** Key of its words in the product bundle, such as {@code refusal.arg_charset}. */
  public String messageKey() {
    return "refusal." + name().toLowerCase(Locale.ROOT);
  }

  /** The refusal with this {@link #code}, if there is one. */
  public static Optional<Refusal> ofCode(String code) {
    return Arrays.stream(values()).filter(r -> r.code().equals(code)).findFirst();
  }
}
