package io.github.keycloaknylas.config;

/**
 * The name of the user attribute that shows the status of a grant, derived from the name of the attribute that shows
 * the grant ID: {@code nylas_grant_id} becomes {@code nylas_grant_status}, {@code mailbox} becomes
 * {@code mailbox_status}.
 */
public final class StatusAttribute {

    private static final String ID = "_id";
    private static final String STATUS = "_status";

    private StatusAttribute() {}

    /**
     * Returns the name of the status attribute.
     *
     * @param attribute name of the attribute that shows the grant ID
     */
    public static String of(String attribute) {
        return (attribute.endsWith(ID) ? attribute.substring(0, attribute.length() - ID.length()) : attribute) + STATUS;
    }

    /** Returns whether a name is that of a status attribute, which therefore cannot show a grant ID. */
    static boolean isOne(String attribute) {
        return attribute.endsWith(STATUS);
    }
}
