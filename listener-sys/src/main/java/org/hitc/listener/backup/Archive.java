package org.hitc.listener.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
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
  private static final int MAX_PARTS = 100_000;
  private static final int MAX_MANIFEST = 64 << 20;

  private Archive() {}

  /** A relative path of plain segments, none of which begins with a dot. */
  static boolean isName(String name) {
    return name.length() <= MAX_NAME && NAME.matcher(name).matches() && !name.equals(MANIFEST);
  }

  /**
   * Unpacks a whole archive and compares it with its manifest.
   *
   * @param folder an empty one of our own; the parts are numbered files in it, whatever their names
   * @return where each part lies, by name, in the order of the archive
   * @throws IOException when it is not whole, or not an archive
   */
  static Map<String, Path> unpack(InputStream in, Path folder) throws IOException {
    try {
      return read(new ZipInputStream(in, UTF_8), folder);
    } catch (ZipException | IllegalArgumentException e) {
      throw new IOException("this is not a whole backup: " + e.getMessage(), e);
    }
  }

  private static Map<String, Path> read(ZipInputStream zip, Path folder) throws IOException {
    Map<String, Path> parts = new LinkedHashMap<>();
    StringBuilder manifest = new StringBuilder(FORM + "\n");
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      String name = entry.getName();
      if (name.equals(MANIFEST)) {
        String told = new String(zip.readNBytes(MAX_MANIFEST), UTF_8);
        if (!told.contentEquals(manifest) || zip.getNextEntry() != null) {
          throw new IOException("this is not a whole backup: its manifest says something else");
        }
        return parts;
      }
      if (!isName(name) || parts.containsKey(name) || parts.size() == MAX_PARTS) {
        throw new IOException("this is not a backup: it holds a part that none has");
      }
      Path file = folder.resolve(Integer.toString(parts.size()));
      MessageDigest digest = sha256();
      try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
        new DigestInputStream(zip, digest).transferTo(out);
      }
      manifest.append(HexFormat.of().formatHex(digest.digest())).append(' ').append(name);
      manifest.append('\n');
      parts.put(name, file);
    }
    throw new IOException("this is not a whole backup: its manifest is missing");
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
