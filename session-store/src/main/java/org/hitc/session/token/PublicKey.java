package org.hitc.session.token;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 public key and the id by which tokens name it. */
public final class PublicKey {
  private static final int ID_BYTES = 8;
  private static final int KEY_BYTES = Ed25519PublicKeyParameters.KEY_SIZE;
  private static final int SIGNATURE_BYTES = Ed25519PublicKeyParameters.KEY_SIZE * 2;

  /** A token's signed bytes begin with a count of eight bytes, of which seven are zero. */
  private static final byte[] SEAL = "hitc2|audit checkpoint|".getBytes(US_ASCII);

  private final String id;
  private final Ed25519PublicKeyParameters parameters;

  private PublicKey(Ed25519PublicKeyParameters parameters) {
    this.parameters = parameters;
    this.id = HexFormat.of().formatHex(sha256(parameters.getEncoded()), 0, ID_BYTES);
  }

  public static PublicKey of(Ed25519PublicKeyParameters parameters) {
    return new PublicKey(parameters);
  }

  /**
   * The key of a {@code *.pub} file.
   *
   * @param hex 64 lower-case hex digits
   * @throws IllegalArgumentException when these are not the digits of a public key
   */
  public static PublicKey ofHex(String hex) {
    if (!hex.matches("[0-9a-f]{" + 2 * KEY_BYTES + "}")) {
      throw new IllegalArgumentException("a public key is 64 lower-case hex digits");
    }
    // The constructor refuses bytes that are no point of the curve.
    return new PublicKey(new Ed25519PublicKeyParameters(HexFormat.of().parseHex(hex)));
  }

  /** First 16 hex digits of the SHA-256 of the 32 bytes: the footer of its tokens. */
  public String id() {
    return id;
  }

  /** 64 lower-case hex digits, as in a {@code *.pub} file. */
  public String hex() {
    return HexFormat.of().formatHex(parameters.getEncoded());
  }

  /** SHA-256 of the 32 bytes, 64 lower-case hex digits: what two people compare by eye. */
  public String fingerprint() {
    return HexFormat.of().formatHex(sha256(parameters.getEncoded()));
  }

  /**
   * Whether the owner of the private half sealed this text as a checkpoint of an audit log.
   *
   * @param signature 64 bytes; anything else is none
   */
  public boolean sealed(byte[] text, byte[] signature) {
    byte[] bytes = sealedBytes(text);
    return signature.length == SIGNATURE_BYTES
        && parameters.verify(Ed25519.Algorithm.Ed25519, null, bytes, 0, bytes.length, signature, 0);
  }

  /** What is signed for a checkpoint; never what is signed for a token, whatever the text is. */
  public static byte[] sealedBytes(byte[] text) {
    return ByteBuffer.allocate(SEAL.length + text.length).put(SEAL).put(text).array();
  }

  Ed25519PublicKeyParameters parameters() {
    return parameters;
  }

  @Override
  public String toString() {
    return id;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
