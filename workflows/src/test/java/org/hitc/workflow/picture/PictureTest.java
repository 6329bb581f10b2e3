package org.hitc.workflow.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PictureTest {

  /** Every family of number that is supported. */
  static final List<String> NUMBERS =
      List.of(
          "ZZ,ZZZ,ZZ9.99-",
          "ZZZ9",
          "ZZZZ",
          "Z,ZZZ.ZZ",
          "9(5)V99",
          "9(3).9(2)",
          "+9(4)",
          "-9(4)",
          "9(4)+",
          "9(4)-",
          "+(5)9.99",
          "-(6)9.99",
          "--,---,--9.99",
          "++,+++.++",
          "$ZZ,ZZ9.99",
          "$$,$$9.99",
          "$(6).99CR",
          "***,**9.99",
          "****.**",
          "*,***.99DB",
          "ZZZ,ZZ9.99CR",
          "ZZZ,ZZ9.99DB",
          "Z(4)9B99",
          "99/99/99",
          "9(3)B9(3)0",
          "$ZZZ9-");

  static Picture picture(String text) {
    try {
      return Picture.parse(text);
    } catch (PictureException e) {
      throw new AssertionError(text, e);
    }
  }

  static NumberShape shape(String text) {
    try {
      return NumberShape.of(Symbols.expand(text));
    } catch (PictureException e) {
      throw new AssertionError(text, e);
    }
  }

  @Nested
  class A_number {
    @Test
    void printed_by_its_picture_is_read_back_exactly() {
      Random random = new Random(12);
      for (String text : NUMBERS) {
        NumberShape shape = shape(text);
        Picture picture = picture(text);
        boolean signed = text.contains("+") || text.contains("-") || text.matches(".*(CR|DB)");
        for (int i = 0; i < 2_000; i++) {
          int used = random.nextInt(shape.digits() + 1);
          String digits = used == 0 ? "" : new BigInteger(used * 3, random).toString();
          digits = digits.substring(Math.max(0, digits.length() - shape.digits()));
          digits = "0".repeat(shape.digits() - digits.length()) + digits;
          boolean negative = signed && random.nextBoolean() && !digits.matches("0*");
          String field = shape.print(digits, negative);
          BigDecimal value = new BigDecimal(new BigInteger(digits), shape.scale());
          assertThat(field).as(text).hasSize(picture.width());
          assertThat(picture.read(field))
              .as("%s of %s as '%s'", text, value, field)
              .isEqualTo(new Reading.Numeric(negative ? value.negate() : value));
        }
      }
    }

    @Test
    void with_one_character_changed_is_another_number_or_refused() {
      for (String text : NUMBERS) {
        NumberShape shape = shape(text);
        Picture picture = picture(text);
        String field = shape.print("1".repeat(shape.digits()), false);
        Reading original = picture.read(field);
        for (int i = 0; i < field.length(); i++) {
          for (char c = ' '; c < 127; c++) {
            String changed = field.substring(0, i) + c + field.substring(i + 1);
            if (!changed.equals(field)) {
              assertThat(picture.read(changed)).as("%s '%s'", text, changed).isNotEqualTo(original);
            }
          }
        }
      }
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '\'',
        value = {
          "ZZ,ZZZ,ZZ9.99-|'   125,000.00 '|125000.00",
          "ZZ,ZZZ,ZZ9.99-|'     3,210.75-'|-3210.75",
          "ZZ,ZZZ,ZZ9.99-|'         0.00 '|0.00",
          "ZZZ9.99CR|'  12.50CR'|-12.50",
          "ZZZ9.99DB|'  12.50  '|12.50",
          "$$,$$9.99|'  $123.45'|123.45",
          "--,--9.99|'  -123.45'|-123.45",
          "***9.99|'**12.00'|12.00",
          "ZZZZ|'    '|0",
          "9(3)V99|'01250'|12.50",
          "+9(3)|'-012'|-12",
        })
    void reads_as_cobol_prints_it(String text, String field, BigDecimal value) {
      assertThat(picture(text).read(field)).isEqualTo(new Reading.Numeric(value));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '\'',
        value = {
          "ZZ,ZZZ,ZZ9.99-|'  1 25,000.00 '|2",
          "ZZ,ZZZ,ZZ9.99-|'  125,000.00  '|5",
          "ZZ,ZZZ,ZZ9.99-|'   125.000,00 '|6",
          "ZZ,ZZZ,ZZ9.99-|'  -125,000.00 '|2",
          "ZZ,ZZZ,ZZ9.99-|'       12O.00 '|9",
          "ZZZ9|'12 4'|2",
          "99|' 1'|0",
        })
    void is_refused_at_the_character_that_does_not_fit(String text, String field, int offset) {
      assertThat(picture(text).read(field))
          .isInstanceOfSatisfying(
              Reading.Wrong.class, wrong -> assertThat(wrong.offset()).isEqualTo(offset));
    }
  }

  @Nested
  class A_code {
    @Test
    void keeps_its_leading_zeros() {
      assertThat(picture("9(6)").kind()).isEqualTo(Picture.Kind.CODE);
      assertThat(picture("9(6)").read("061100")).isEqualTo(new Reading.Text("061100"));
    }
  }

  @Nested
  class A_text {
    @Test
    void loses_only_the_blanks_at_its_end() {
      assertThat(picture("X(8)").read(" a b    ")).isEqualTo(new Reading.Text(" a b"));
      assertThat(picture("A(3)9B9").read("åb 1 2")).isEqualTo(new Reading.Text("åb 1 2"));
    }
  }

  @Nested
  class Not_a_picture {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "Q",
          "9(",
          "9()",
          "9(0)",
          "9(99999)",
          "X(600)",
          "PPP9",
          "S9(4)",
          "9.9.9",
          "9V9.9",
          "9Z",
          "Z*9",
          "+9-",
          "+9CR",
          "ZZ.Z9",
          "9(38)V9",
          "XZ",
          "C9",
          "N(3)",
          "$",
          "+",
          "9-9",
          "(3)9",
          "+$ZZ9.99",
          "-$$$9"
        })
    void is_refused(String text) {
      assertThatThrownBy(() -> Picture.parse(text)).isInstanceOf(PictureException.class);
    }
  }
}
