package org.hitc.it;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The app on a user's telephone: written after RFC 6238 alone, and not with the product's code. */
public final class Authenticator {
  private static final String BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private Authenticator() {}

  /** The code that it shows. */
  public static String code(String uri, Instant now) throws GeneralSecurityException {
    String secret = uri.replaceFirst(".*secret=([A-Z2-7]+).*", "$1");
    BigInteger bits = BigInteger.ONE;
    for (int i = 0; i < secret.length(); i++) {
      bits = bits.shiftLeft(5).or(BigInteger.valueOf(BASE_32.indexOf(secret.charAt(i))));
    }
    // The leading one keeps leading zeros; 32 symbols are 20 whole bytes.
    byte[] key = Arrays.copyOfRange(bits.toByteArray(), 1, 21);
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(key, "HmacSHA1"));
    byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(now.getEpochSecond() / 30).array());
    int number = ByteBuffer.wrap(hash).getInt(hash[19] & 15) & 0x7fffffff;
    return "%06d".formatted(number % 1_000_000);
  }
}
