package ai.binealnet.cli;

/**
 * A model file in a report.
 *
 * @param contender how it takes part in the measurement; its name is unique in the report
 * @param network such as {@code resnet20-x1.5-stream}, or empty if the file does not tell
 * @param source name of the run folder or of the file that it comes from
 */
record ReportModel(Contender contender, String network, String source) {}
