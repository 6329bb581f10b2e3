package org.hitc.workflow.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Optional;

/** What became of one {@link Invocation}. Not kept with a page: the output may be large. */
public final class ProgramResult {
  private final String program;
  private final Ending ending;
  private final Charset encoding;
  private final Printed stdout;
  private final byte[] stderr;

  /** What a program printed on its output, wherever it is kept. */
  @FunctionalInterface
  public interface Printed {
    /** From its beginning; to be closed. */
    InputStream open() throws IOException;

    /** Kept in memory; handed over, not copied. */
    static Printed of(byte[] bytes) {
      return () -> new ByteArrayInputStream(bytes);
    }
  }

  /**
   * A result.
   *
   * @param program registered name
   * @param encoding the character set in force: the definition's, or the registration's
   * @param stdout all that it printed, within the limits
   * @param stderr the beginning of what it printed there; handed over, not copied
   */
  public ProgramResult(
      String program, Ending ending, Charset encoding, Printed stdout, byte[] stderr) {
    this.program = program;
    this.ending = ending;
    this.encoding = encoding;
    this.stdout = stdout;
    this.stderr = stderr;
  }

  public String program() {
    return program;
  }

  public Ending ending() {
    return ending;
  }

  Charset encoding() {
    return encoding;
  }

  InputStream stdout() throws IOException {
    return stdout.open();
  }

  Optional<ProgramMessage> message() {
    return ProgramMessage.gravest(stderr, encoding);
  }
}
