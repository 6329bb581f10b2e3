package org.hitc.workflow.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real COBOL compiler prints; our pictures read. */
class CobolOracleTest {
  private static final List<String> VALUES =
      List.of("0", "1", "-1", "12.34", "-12.34", "999.99", "1234.5", "-1234.56", "0.05", "-0.07");

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
    Files.writeString(
        source,
        "       IDENTIFICATION DIVISION.\n       PROGRAM-ID. ORACLE.\n       DATA DIVISION.\n"
            + "       WORKING-STORAGE SECTION.\n"
            + data
            + "       PROCEDURE DIVISION.\n"
            + moves
            + "           STOP RUN.\n");
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
