package org.hitc.workflow.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real COBOL compiler prints; our pictures read. */
class CobolOracleTest {
  private static final List<String> VALUES =
      List.of("0", "1", "-1", "12.34", "-12.34", "999.99", "1234.5", "-1234.56", "0.05", "-0.07");

  /** Every digit in the place of the sign, with either sign. */
  private static final List<String> SIGNED =
      IntStream.range(0, 10)
          .boxed()
          .flatMap(d -> Stream.of(d + "012.3" + d, "-" + d + "012.3" + d))
          .toList();

  @Test
  @DisplayName("What GnuCOBOL prints by a picture is what the picture prints and reads")
  void cobol_agrees(@TempDir Path dir) throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/cobc")), "needs GnuCOBOL");
    StringBuilder data = new StringBuilder();
    StringBuilder moves = new StringBuilder();
    // DISPLAY shows a point for V, which a record does not have.
    List<String> pictures = PictureTest.NUMBERS.stream().filter(p -> !p.contains("V")).toList();
    for (int i = 0; i < pictures.size(); i++) {
      data.append("       01 E").append(i).append(" PIC ").append(pictures.get(i)).append(".\n");
      for (String value : VALUES) {
        moves.append("           MOVE ").append(value).append(" TO E").append(i).append("\n");
        moves.append("           DISPLAY \"[\" E").append(i).append(" \"]\"\n");
      }
    }
    Path source = dir.resolve("oracle.cob");
    Files.writeString(source, program(data, moves));
    Path program = dir.resolve("oracle");
    run(dir, "cobc", "-x", "-w", "-o", program.toString(), source.toString());
    List<String> printed = run(dir, program.toString());
    int line = 0;
    for (String text : pictures) {
      NumberShape shape = PictureTest.shape(text);
      boolean signed = text.contains("+") || text.contains("-") || text.matches(".*(CR|DB)");
      for (String value : VALUES) {
        String shown = printed.get(line++);
        String field = shown.substring(1, shown.length() - 1);
        BigDecimal stored =
            new BigDecimal(value)
                .setScale(shape.scale(), java.math.RoundingMode.DOWN)
                .remainder(BigDecimal.TEN.pow(shape.digits() - shape.scale()));
        BigDecimal expected = signed ? stored : stored.abs();
        assertThat(PictureTest.picture(text).read(field))
            .as("%s to %s, printed %s", value, text, shown)
            .isInstanceOfSatisfying(
                Reading.Numeric.class,
                n ->
                    assertThat(n.value())
                        .as("%s by %s: %s", value, text, shown)
                        .isEqualByComparingTo(expected));
      }
    }
  }

  @Test
  @DisplayName("What GnuCOBOL stores under S is what its family of signs reads")
  void cobol_agrees_about_signs(@TempDir Path dir)
      throws IOException, InterruptedException, PictureException {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/cobc")), "needs GnuCOBOL");
    List<String> clauses =
        List.of("", "SIGN LEADING", "SIGN TRAILING SEPARATE", "SIGN LEADING SEPARATE");
    StringBuilder data = new StringBuilder();
    StringBuilder moves = new StringBuilder();
    for (int i = 0; i < clauses.size(); i++) {
      String width = clauses.get(i).contains("SEPARATE") ? "7" : "6";
      data.append("       01 E" + i + " PIC S9(4)V99 " + clauses.get(i) + ".\n");
      data.append("       01 T" + i + " REDEFINES E" + i + " PIC X(" + width + ").\n");
      for (String value : SIGNED) {
        moves.append("           MOVE ").append(value).append(" TO E").append(i).append("\n");
        moves.append("           DISPLAY T").append(i).append("\n");
      }
    }
    Path source = dir.resolve("signs.cob");
    Files.writeString(source, program(data, moves));
    Map<String, List<Overpunch>> families =
        Map.of(
            "-fsign=ASCII", List.of(Overpunch.GNUCOBOL, Overpunch.MICRO_FOCUS),
            "-std=mf", List.of(Overpunch.MICRO_FOCUS),
            "-fsign=EBCDIC", List.of(Overpunch.IBM, Overpunch.VMS));
    for (var family : families.entrySet()) {
      Path program = dir.resolve("signs" + family.getKey());
      run(dir, "cobc", "-x", "-w", family.getKey(), "-o", program.toString(), source.toString());
      List<String> printed = run(dir, program.toString());
      for (Overpunch dialect : family.getValue()) {
        int line = 0;
        for (String clause : clauses) {
          boolean leading = clause.contains("LEADING");
          Sign sign =
              clause.contains("SEPARATE")
                  ? new Sign.Separate(leading)
                  : new Sign.Overpunched(leading, dialect);
          Picture picture = Picture.parse("S9(4)V99", sign);
          for (String value : SIGNED) {
            assertThat(picture.read(printed.get(line)))
                .as("%s %s: %s is %s", family.getKey(), clause, value, printed.get(line))
                .isEqualTo(new Reading.Numeric(new BigDecimal(value).setScale(2)));
            line++;
          }
        }
      }
    }
  }

  private static String program(StringBuilder data, StringBuilder moves) {
    return "       IDENTIFICATION DIVISION.\n       PROGRAM-ID. ORACLE.\n       DATA DIVISION.\n"
        + "       WORKING-STORAGE SECTION.\n"
        + data
        + "       PROCEDURE DIVISION.\n"
        + moves
        + "           STOP RUN.\n";
  }

  private static List<String> run(Path dir, String... command)
      throws IOException, InterruptedException {
    Path out = dir.resolve("out.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    assertThat(process.waitFor())
        .as(new ArrayList<>(List.of(command)) + Files.readString(out))
        .isZero();
    return Files.readAllLines(out);
  }
}
