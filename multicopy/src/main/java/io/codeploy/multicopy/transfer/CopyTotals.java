package io.codeploy.multicopy.transfer;

/** What a copy for one node moved. */
public record CopyTotals(int files, long bytes) {}
