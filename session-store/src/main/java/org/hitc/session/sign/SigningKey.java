package org.hitc.session.sign;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.hitc.session.file.PrivateFile;
import org.hitc.session.file.PrivateFileException;
import org.hitc.session.token.KeyFileException;
import org.hitc.session.token.PublicKey;

/**
 * The private key that signs tokens. Its file is {@code hitc-signing-key-1}, a space, the 32 bytes
 * of the seed (RFC 8032) as 64 lower-case hex digits, and a newline.
 */
public final class SigningKey {
  private static final String MARK = "hitc-signing-key-1 ";
  private static final int SEED_BYTES = Ed25519PrivateKeyParameters.KEY_SIZE;
  private static final int FILE_BYTES = MARK.length() + 2 * SEED_BYTES + 1;

  private final Ed25519PrivateKeyParameters parameters;
  private final PublicKey publicKey;

  private SigningKey(Ed25519PrivateKeyParameters parameters) {
    this.parameters = parameters;
    this.publicKey = PublicKey.of(parameters.generatePublicKey());
  }

  /** A fresh key. */
  public static SigningKey create(SecureRandom random) {
    return new SigningKey(new Ed25519PrivateKeyParameters(random));
  }

  /**
   * Reads a key file.
   *
   * @throws PrivateFileException when it is not a regular file of this process's own user that
   *     nobody else may touch
   * @throws KeyFileException when it does not hold a key
   * @throws IOException when it cannot be read
   */
  public static SigningKey load(Path file) throws IOException {
    String text = new String(PrivateFile.read(file, FILE_BYTES), US_ASCII);
    if (!text.matches(MARK + "[0-9a-f]{" + 2 * SEED_BYTES + "}\n")) {
      throw new KeyFileException(file + " does not hold a signing key");
    }
    byte[] seed = HexFormat.of().parseHex(text.strip().substring(MARK.length()));
    return new SigningKey(new Ed25519PrivateKeyParameters(seed));
  }

  /**
   * Writes the key to a new file with mode 0600; never over an existing one.
   *
   * @throws IOException when the file exists or cannot be written
   */
  public void save(Path file) throws IOException {
    PrivateFile.create(file, fileBytes());
  }

  /** What its file holds: a secret, for a file that its owner alone can read. */
  public byte[] fileBytes() {
    return (MARK + HexFormat.of().formatHex(parameters.getEncoded()) + "\n").getBytes(US_ASCII);
  }

  /** The other half, for everybody. */
  public PublicKey publicKey() {
    return publicKey;
  }

  /** Seals a text as a checkpoint of an audit log: 64 bytes for {@link PublicKey#sealed}. */
  public byte[] seal(byte[] text) {
    byte[] bytes = PublicKey.sealedBytes(text);
    byte[] signature = new byte[Ed25519PrivateKeyParameters.SIGNATURE_SIZE];
    parameters.sign(Ed25519.Algorithm.Ed25519, null, bytes, 0, bytes.length, signature, 0);
    return signature;
  }

  Ed25519PrivateKeyParameters parameters() {
    return parameters;
  }

  /** The id of the public key; never the private one. */
  @Override
  public String toString() {
    return "signing key " + publicKey().id();
  }
}
