package org.hitc.gateway.page;

import gg.jte.TemplateOutput;

/**
 * Shows what a page must not send: control characters, so that no escape sequence leaves here, and
 * the characters that reverse the text after them (UAX 9, embeddings and overrides). Stands behind
 * the escaping, so that it sees everything on the page, whoever wrote it.
 */
final class VisibleOutput implements TemplateOutput {

  private static final char REPLACEMENT = '\ufffd';
  private static final char CONTROL_PICTURES = '\u2400';
  private static final char DELETE_PICTURE = '\u2421';

  private final TemplateOutput to;

  VisibleOutput(TemplateOutput to) {
    this.to = to;
  }

  @Override
  public void writeContent(String content) {
    writeContent(content, 0, content.length());
  }

  @Override
  public void writeContent(String content, int begin, int end) {
    int from = begin;
    for (int i = begin; i < end; i++) {
      char c = content.charAt(i);
      if (isHidden(c)) {
        to.writeContent(content, from, i);
        to.writeContent(String.valueOf(shown(c)));
        from = i + 1;
      }
    }
    to.writeContent(content, from, end);
  }

  private static boolean isHidden(char c) {
    return c < ' '
        ? c != '\t' && c != '\n' && c != '\r'
        : (c >= 0x7f && c <= 0x9f) || (c >= '\u202a' && c <= '\u202e');
  }

  private static char shown(char c) {
    if (c < ' ') {
      return (char) (CONTROL_PICTURES + c);
    }
    return c == 0x7f ? DELETE_PICTURE : REPLACEMENT;
  }
}
