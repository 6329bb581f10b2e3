package org.hitc.listener.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a log record by record, without looking at its chain. Memory: one line. */
public final class AuditReader {
  private static final int MAX_LINE = 1 << 24;

  private AuditReader() {}

  /**
   * Reads the parts of a log from their beginning.
   *
   * @param each gets every record; a line that is none is left out
   */
  public static void read(OpenLog log, Consumer<AuditRecord> each) throws IOException {
    for (OpenLog.Part part : log.parts()) {
      read(new BufferedInputStream(part.bytes(), 1 << 16), each);
    }
  }

  /**
   * Reads on, up to the last whole line.
   *
   * @return how many bytes were read, those of the last line that is not whole not among them
   */
  static long read(InputStream in, Consumer<AuditRecord> each) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    long whole = 0;
    long count = 0;
    for (int c = in.read(); c >= 0; c = in.read()) {
      count++;
      if (c == '\n') {
        Optional<AuditRecord> record = RecordReader.read(line.toByteArray());
        record.ifPresent(each);
        line.reset();
        whole = count;
      } else if (line.size() < MAX_LINE) {
        line.write(c);
      }
    }
    return whole;
  }
}
