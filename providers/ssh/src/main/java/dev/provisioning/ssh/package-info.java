/**
 * The {@link dev.provisioning.spi.RemoteShell} port over SSH. Here belong connections (pooled, host
 * keys proven, broken ones noticed), the conversation with the script {@code agent.sh} that keeps
 * the step protocol on the machine, and the translation of what goes wrong into {@link
 * dev.provisioning.spi.model.Failure}s. What to run, and whether to run it again, is decided by the
 * planners.
 *
 * <pre>
 * SshRemoteShell -> Conversations -> ConnectionPool -> Connector      (connection, breaker, host key)
 *       |                 `-> RemoteProcess                           (one command on one channel)
 *       `-> Agent (agent.sh), BundleArchive, OperationArchive, ReportReader, OperationWatcher
 * </pre>
 */
package dev.provisioning.ssh;
