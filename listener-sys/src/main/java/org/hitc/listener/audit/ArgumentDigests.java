package org.hitc.listener.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stands in for values in the audit log: HMAC-SHA-256 (RFC 2104) under a key of this installation,
 * cut to 128 bits. Who has the key can test a guess against a record; who has only the log cannot,
 * although an account number has but six digits.
 */
public final class ArgumentDigests {
  private static final int KEY_BYTES = 32;
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  private ArgumentDigests(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /**
   * With the key in this file, which is made (mode 0600) if it does not exist.
   *
   * @throws IOException when it cannot be read or made, or is no key
   */
  public static ArgumentDigests open(Path keyFile, SecureRandom random) throws IOException {
    byte[] fresh = new byte[KEY_BYTES];
    random.nextBytes(fresh);
    try (var file =
        Files.newByteChannel(
            keyFile,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer bytes = ByteBuffer.wrap(fresh);
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      return new ArgumentDigests(fresh);
    } catch (FileAlreadyExistsException _) {
      byte[] kept = Files.readAllBytes(keyFile);
      if (kept.length != KEY_BYTES) {
        throw new IOException(keyFile + " is not a key of " + KEY_BYTES + " bytes");
      }
      return new ArgumentDigests(kept);
    }
  }

  /** The digest of one program's values, in order; the values cannot run into each other. */
  public String of(List<String> values) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      for (String value : values) {
        byte[] bytes = value.getBytes(UTF_8);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        mac.update(bytes);
      }
      return HexFormat.of().formatHex(mac.doFinal(), 0, 16);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has " + ALGORITHM, e);
    }
  }
}
