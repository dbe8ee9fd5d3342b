package io.codeploy.multiquery.output;

/**
 * Lines {@code oldFrom} to {@code oldTo} (exclusive, from 0) of one text, in whose place another
 * has its lines {@code newFrom} to {@code newTo}.
 */
record Change(int oldFrom, int oldTo, int newFrom, int newTo) {}
