package org.hitc.listener.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * The file of a backup: a ZIP of named parts, the last of them a manifest with the SHA-256 of each,
 * in their order. A file that was cut, changed or extended does not agree with its manifest. (It
 * tells of damage, not of forgery: who can write a backup can write its manifest.)
 */
final class Archive {
  static final String FORM = "hitc-backup-1";
  static final String MANIFEST = "manifest";

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");
  private static final int MAX_NAME = 512;
  private static final int MAX_PARTS = 20_000;
  private static final int MAX_MANIFEST = 4 << 20;
  private static final int MAX_ABOUT = 4_096;

  private final FileChannel file;
  private final Set<String> names;
  private final String about;

  private Archive(FileChannel file, Set<String> names, String about) {
    this.file = file;
    this.names = names;
    this.about = about;
  }

  /** A relative path of plain segments, none of which begins with a dot. */
  static boolean isName(String name) {
    return name.length() <= MAX_NAME && NAME.matcher(name).matches() && !name.equals(MANIFEST);
  }

  /** Whether a reader takes so many parts, and a manifest of this length. */
  static boolean isBelowLimits(int parts, int manifest) {
    return parts <= MAX_PARTS && manifest <= MAX_MANIFEST;
  }

  /** Takes one part. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Is called once for each, in their order.
     *
     * @param bytes of the part; need not be read
     */
    void part(String name, InputStream bytes) throws IOException;
  }

  /**
   * Reads a whole archive and compares it with its manifest. Nothing of it is kept.
   *
   * @param file stays open, and must not change
   * @param aboutName the part that says what the archive is
   * @throws IOException when it is not whole, or not an archive
   */
  static Archive open(FileChannel file, String aboutName) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    StringBuilder manifest = new StringBuilder(FORM + "\n");
    StringBuilder about = new StringBuilder();
    String told =
        walk(
            file,
            (name, bytes) -> {
              if (!isName(name) || !names.add(name)) {
                throw new IOException("this is not a backup: it holds a part that none has");
              }
              DigestInputStream in = new DigestInputStream(bytes, sha256());
              if (name.equals(aboutName)) {
                about.append(new String(in.readNBytes(MAX_ABOUT), UTF_8));
              }
              in.transferTo(OutputStream.nullOutputStream());
              manifest.append(line(in.getMessageDigest(), name));
              if (!isBelowLimits(names.size(), manifest.length())) {
                throw new IOException("this is not a backup: none has so many parts");
              }
            });
    if (!told.contentEquals(manifest)) {
      throw new IOException("this is not a whole backup: its manifest says something else");
    }
    return new Archive(file, names, about.toString());
  }

  /** The names of the parts, in their order. */
  Set<String> names() {
    return Collections.unmodifiableSet(names);
  }

  /** What the part of this purpose says; nothing, when there is none. */
  String about() {
    return about;
  }

  /** Gives every part, in their order. */
  void each(Visitor visitor) throws IOException {
    walk(file, visitor);
  }

  /** Gives the parts; returns the manifest. */
  private static String walk(FileChannel file, Visitor visitor) throws IOException {
    file.position(0);
    try (ZipInputStream zip =
        new ZipInputStream(new Shared(Channels.newInputStream(file)), UTF_8)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals(MANIFEST)) {
          String told = new String(zip.readNBytes(MAX_MANIFEST + 1), UTF_8);
          if (zip.getNextEntry() != null) {
            throw new IOException("this is not a whole backup: something is behind its manifest");
          }
          return told;
        }
        visitor.part(entry.getName(), new Shared(zip));
      }
    } catch (ZipException | IllegalArgumentException e) {
      throw new IOException("this is not a whole backup: " + e.getMessage(), e);
    }
    throw new IOException("this is not a whole backup: its manifest is missing");
  }

  /** Whoever reads it may close it; the stream below stays open. */
  private static final class Shared extends FilterInputStream {
    Shared(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // Left to whoever opened it.
    }
  }

  /** What a manifest says of a part. */
  static String line(MessageDigest digest, String name) {
    return HexFormat.of().formatHex(digest.digest()) + ' ' + name + '\n';
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
