package org.hitc.listener.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes an {@link Archive} as it goes; it is whole only when {@link #finish} has returned. */
final class ArchiveWriter {
  private final ZipOutputStream zip;
  private final StringBuilder manifest = new StringBuilder(Archive.FORM + "\n");
  private int parts;

  ArchiveWriter(OutputStream out) {
    this.zip = new ZipOutputStream(out, UTF_8);
  }

  /** Writes the bytes of one part. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Adds a part.
   *
   * @param name must be an {@link Archive#isName}, and none that was added before
   */
  void add(String name, Content content) throws IOException {
    if (!Archive.isName(name)) {
      throw new IOException("this name cannot be in a backup: " + name);
    }
    zip.putNextEntry(new ZipEntry(name));
    MessageDigest digest = Archive.sha256();
    content.writeTo(new Unclosed(new DigestOutputStream(zip, digest)));
    zip.closeEntry();
    manifest.append(Archive.line(digest, name));
    parts++;
    if (!Archive.isBelowLimits(parts, manifest.length())) {
      throw new IOException("these are more files than a backup can have");
    }
  }

  /** Adds a part that is read to its end. */
  void add(String name, InputStream in) throws IOException {
    add(name, in::transferTo);
  }

  /** Writes what says that it is whole; closes nothing. */
  void finish() throws IOException {
    zip.putNextEntry(new ZipEntry(Archive.MANIFEST));
    zip.write(manifest.toString().getBytes(UTF_8));
    zip.closeEntry();
    zip.finish();
    zip.flush();
  }

  /** Whoever writes a part may close what it was given. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
