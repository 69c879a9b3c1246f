package io.github.keycloaknylas.delivery;

/**
 * One thing that this node does not call for a while.
 *
 * @param until when it is tried again, in milliseconds since the epoch
 * @param closings how often in a row it was closed
 * @param version of the connection that met the trouble; another one opens the gate at once. Null where Nylas asked for
 *     a pause, which a change of settings does not shorten
 * @param realmId realm of the row that met the trouble, to look the connection up again; null like the version
 * @param alias its provider; null like the version
 */
record Gate(long until, int closings, String version, String realmId, String alias) {}
