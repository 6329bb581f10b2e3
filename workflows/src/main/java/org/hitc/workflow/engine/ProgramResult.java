package org.hitc.workflow.engine;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Optional;

/** What became of one {@link Invocation}. Not kept with a page: the output may be large. */
public final class ProgramResult {
  private final String program;
  private final Ending ending;
  private final Charset encoding;
  private final byte[] stdout;
  private final byte[] stderr;

  /**
   * A result.
   *
   * @param program registered name
   * @param encoding the character set in force: the definition's, or the registration's
   * @param stdout all that it printed, within the limits; handed over, not copied
   * @param stderr the beginning of what it printed there; handed over, not copied
   */
  public ProgramResult(
      String program, Ending ending, Charset encoding, byte[] stdout, byte[] stderr) {
    this.program = program;
    this.ending = ending;
    this.encoding = encoding;
    this.stdout = stdout;
    this.stderr = stderr;
  }

  String program() {
    return program;
  }

  public Ending ending() {
    return ending;
  }

  Charset encoding() {
    return encoding;
  }

  InputStream stdout() {
    return new ByteArrayInputStream(stdout);
  }

  Optional<ProgramMessage> message() {
    return ProgramMessage.gravest(stderr, encoding);
  }
}
