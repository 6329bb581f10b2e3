package org.hitc.channel.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hitc.channel.PageAddress;
import org.hitc.channel.Reply;
import org.hitc.channel.Request;
import org.hitc.channel.RequestId;
import org.junit.jupiter.api.Test;

/** The worked example of {@code docs/PROTOCOL.md} is what the code writes. */
class WorkedExampleTests {
  private static final Pattern DUMP_LINE = Pattern.compile("(?m)^((?:[0-9a-f]{2} ){1,16}) +\\S.*$");

  @Test
  void the_bytes_in_the_document_are_those_of_the_code() throws IOException {
    FrameWriter writer = new FrameWriter();
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    expected.writeBytes(Hint.encode(new RequestId("00112233445566778899aabbccddeeff")));
    expected.writeBytes(RequestCodec.encode(new Request.Home("v4.public.abc", "de")));
    expected.writeBytes(
        writer.page(
            RecordCodec.encode(new Reply.Moved(new PageAddress("budget_12", "9f3a", "p2")))));
    expected.writeBytes(writer.end(Frame.End.OK));

    String document = Files.readString(Path.of("..", "docs", "PROTOCOL.md"));
    String dumped =
        DUMP_LINE
            .matcher(document)
            .results()
            .map(line -> line.group(1).replace(" ", ""))
            .collect(Collectors.joining());

    assertThat(dumped).isEqualTo(HexFormat.of().formatHex(expected.toByteArray()));
  }
}
