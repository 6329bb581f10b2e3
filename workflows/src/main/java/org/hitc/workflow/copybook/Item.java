package org.hitc.workflow.copybook;

import org.hitc.workflow.picture.Picture;

/**
 * An elementary field of a record.
 *
 * @param name in lower case with {@code _} for {@code -}; {@code filler} when it has none; with
 *     {@code _1} and so on behind it in a table
 * @param base the same without the numbers of the table
 * @param number those numbers in words, such as {@code " 1"} or {@code " 2 12"}; else empty
 * @param position one-based position of its first character in the record
 * @param blankWhenZero BLANK WHEN ZERO
 */
public record Item(
    String name,
    String base,
    String number,
    int position,
    Picture picture,
    boolean blankWhenZero) {}
