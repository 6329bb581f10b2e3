package org.hitc.workflow.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The fast way of reading numbers against the general one. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NumberScannerTest {
  private static final String CHARACTERS = "0123456789 ,.-+$*/CRDBpqy{}JA";

  private static List<Picture> pictures() throws PictureException {
    List<Picture> pictures = new ArrayList<>();
    PictureTest.NUMBERS.forEach(text -> pictures.add(PictureTest.picture(text)));
    for (String more :
        List.of("ZZ9V99-", "ZZZZZ,ZZ9.99+", "-ZZ9", "+*(4)9.9", "$**9.99-", "9(18)", "Z(17)9-")) {
      pictures.add(PictureTest.picture(more));
    }
    for (Overpunch dialect : Overpunch.values()) {
      pictures.add(Picture.parse("S9(4)V99", new Sign.Overpunched(false, dialect)));
      pictures.add(Picture.parse("S9(5)", new Sign.Overpunched(true, dialect)));
    }
    pictures.add(Picture.parse("s9(3)V9", new Sign.Separate(true)));
    pictures.add(Picture.parse("S9(3)", new Sign.Separate(false)));
    return pictures;
  }

  private static void assertSame(Picture picture, NumberScanner scanner, String field) {
    long scanned = scanner.scan(("x" + field + "x").toCharArray(), 1);
    Reading general = picture.read(field);
    if (scanned != NumberScanner.NONE) {
      assertThat(general)
          .as("%s '%s'", picture, field)
          .isEqualTo(new Reading.Numeric(BigDecimal.valueOf(scanned, picture.scale())));
    } else {
      assertThat(general).as("%s '%s'", picture, field).isInstanceOf(Reading.Wrong.class);
    }
  }

  @Test
  void agree_on_what_the_picture_prints_and_on_every_change_of_one_character()
      throws PictureException {
    Random random = new Random(59);
    int scanned = 0;
    for (Picture picture : pictures()) {
      Optional<NumberScanner> scanner = picture.scanner();
      for (int i = 0; scanner.isPresent() && i < 60; i++) {
        String field = printed(picture, random);
        scanned++;
        assertSame(picture, scanner.get(), field);
        for (int at = 0; at < field.length(); at++) {
          for (int c = 0; c < CHARACTERS.length(); c++) {
            assertSame(
                picture,
                scanner.get(),
                field.substring(0, at) + CHARACTERS.charAt(c) + field.substring(at + 1));
          }
        }
      }
    }
    assertThat(scanned).isGreaterThan(1_500);
  }

  @Test
  void agree_on_anything_else() throws PictureException {
    Random random = new Random(60);
    for (Picture picture : pictures()) {
      Optional<NumberScanner> scanner = picture.scanner();
      for (int i = 0; scanner.isPresent() && i < 3_000; i++) {
        StringBuilder field = new StringBuilder();
        while (field.length() < picture.width()) {
          field.append(CHARACTERS.charAt(random.nextInt(i % 2 == 0 ? 12 : CHARACTERS.length())));
        }
        assertSame(picture, scanner.get(), field.toString());
      }
    }
  }

  @Test
  void leave_floating_signs_and_more_than_18_digits_to_the_general_way() throws PictureException {
    assertThat(PictureTest.picture("--,---9.99").scanner()).isEmpty();
    assertThat(PictureTest.picture("9(18)V9").scanner()).isEmpty();
    assertThat(PictureTest.picture("9(17)V9").scanner()).isPresent();
    assertThat(PictureTest.picture("X(3)").scanner()).isEmpty();
  }

  /** A field as the picture prints it; with {@code S} random digits and, first or last, a sign. */
  private static String printed(Picture picture, Random random) {
    if (Picture.isSigned(picture.toString())) {
      StringBuilder field = new StringBuilder();
      for (int i = 0; i < picture.width(); i++) {
        field.append((char) ('0' + random.nextInt(10)));
      }
      int end = random.nextBoolean() ? 0 : picture.width() - 1;
      field.setCharAt(end, "0+-p{}".charAt(random.nextInt(6)));
      return field.toString();
    }
    NumberShape shape = PictureTest.shape(picture.toString());
    String digits = new BigInteger(3 * random.nextInt(shape.digits() + 1), random).toString();
    digits = digits.substring(Math.max(0, digits.length() - shape.digits()));
    digits = "0".repeat(shape.digits() - digits.length()) + digits;
    return shape.print(digits, picture.signed() && random.nextBoolean());
  }
}
