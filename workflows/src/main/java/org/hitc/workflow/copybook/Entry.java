package org.hitc.workflow.copybook;

import java.util.Optional;

/**
 * A data description entry.
 *
 * @param start its level number
 * @param name as it is written; empty for FILLER
 * @param picture the character string of its PICTURE
 * @param occurs how often it stands in the record
 * @param sign its SIGN clause
 */
record Entry(
    int level,
    Token start,
    Optional<Token> name,
    Optional<Token> picture,
    int occurs,
    Optional<SignClause> sign,
    boolean blankWhenZero) {

  /** SIGN IS LEADING or TRAILING, SEPARATE or not. */
  record SignClause(boolean leading, boolean separate) {
    /** What COBOL takes when nothing is said. */
    static final SignClause DEFAULT = new SignClause(false, false);
  }

  boolean isRecord() {
    return level == 1 || level == 77;
  }
}
