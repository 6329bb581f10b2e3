package org.hitc.session.token;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * PASETO version 4, purpose public: {@code v4.public.base64url(message || signature)[.footer]},
 * signed with Ed25519 over {@code PAE(header, message, footer, implicit assertion)}.
 *
 * <p>Source: PASETO specification, {@code docs/01-Protocol-Versions/Version4.md}, held to its
 * public test vectors. There is no algorithm field to confuse.
 */
public final class PasetoV4Public {
  static final String HEADER = "v4.public.";
  static final int SIGNATURE_BYTES = 64;

  private PasetoV4Public() {}

  /**
   * A token taken apart; nothing in it has been verified.
   *
   * @param message the bytes that should have been signed
   * @param signature 64 bytes
   * @param footer the bytes behind the last point, or none
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never leaves this package
  record Parts(byte[] message, byte[] signature, byte[] footer) {
    /** The message, if the signature is right. */
    Optional<byte[]> signedBy(Ed25519PublicKeyParameters key, byte[] implicit) {
      return isSignedBy(key, this, implicit) ? Optional.of(message) : Optional.empty();
    }
  }

  /** The token of a message. */
  public static String sign(
      Ed25519PrivateKeyParameters key, byte[] message, byte[] footer, byte[] implicit) {
    byte[] signed = preAuthenticationEncoding(message, footer, implicit);
    byte[] signature = new byte[SIGNATURE_BYTES];
    key.sign(Ed25519.Algorithm.Ed25519, null, signed, 0, signed.length, signature, 0);
    byte[] body = Arrays.copyOf(message, message.length + SIGNATURE_BYTES);
    System.arraycopy(signature, 0, body, message.length, SIGNATURE_BYTES);
    String token = HEADER + StrictBase64.encode(body);
    return footer.length == 0 ? token : token + "." + StrictBase64.encode(footer);
  }

  /**
   * The message of a token, if the token is well formed, carries exactly this footer, and the
   * signature is right.
   */
  public static Optional<byte[]> verify(
      Ed25519PublicKeyParameters key, String token, byte[] footer, byte[] implicit) {
    return split(token)
        .filter(parts -> Arrays.equals(parts.footer(), footer))
        .flatMap(parts -> parts.signedBy(key, implicit));
  }

  /** Takes a token apart; empty when the text has not the form of one. */
  static Optional<Parts> split(String token) {
    if (!token.startsWith(HEADER)) {
      return Optional.empty();
    }
    String rest = token.substring(HEADER.length());
    int point = rest.indexOf('.');
    boolean footed = point >= 0;
    Optional<byte[]> body = StrictBase64.decode(footed ? rest.substring(0, point) : rest);
    Optional<byte[]> footer =
        footed ? StrictBase64.decode(rest.substring(point + 1)) : Optional.of(new byte[0]);
    // "token." and "token" would be two texts of one token.
    if (body.isEmpty()
        || body.get().length < SIGNATURE_BYTES
        || footer.isEmpty()
        || (footed && footer.get().length == 0)) {
      return Optional.empty();
    }
    byte[] bytes = body.get();
    int end = bytes.length - SIGNATURE_BYTES;
    return Optional.of(
        new Parts(
            Arrays.copyOf(bytes, end), Arrays.copyOfRange(bytes, end, bytes.length), footer.get()));
  }

  private static boolean isSignedBy(Ed25519PublicKeyParameters key, Parts parts, byte[] implicit) {
    byte[] signed = preAuthenticationEncoding(parts.message(), parts.footer(), implicit);
    return key.verify(
        Ed25519.Algorithm.Ed25519, null, signed, 0, signed.length, parts.signature(), 0);
  }

  /**
   * PAE: the number of pieces, then each piece behind its length, as 64 bit little-endian numbers,
   * so that no two lists of pieces give the same bytes.
   */
  private static byte[] preAuthenticationEncoding(byte[] message, byte[] footer, byte[] implicit) {
    byte[][] pieces = {HEADER.getBytes(US_ASCII), message, footer, implicit};
    int size = Long.BYTES * (1 + pieces.length);
    for (byte[] piece : pieces) {
      size = Math.addExact(size, piece.length);
    }
    ByteBuffer encoded = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    encoded.putLong(pieces.length);
    for (byte[] piece : pieces) {
      encoded.putLong(piece.length).put(piece);
    }
    return encoded.array();
  }
}
