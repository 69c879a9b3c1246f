package io.github.keycloaknylas.it.support;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.util.LDAPSDKException;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.server.FreePort;
import java.net.InetAddress;

/** An LDAP directory in this process, on a free port of the loopback interface. */
public final class DirectoryServer implements AutoCloseable {

    static final String BIND_DN = "cn=reader";
    static final String BIND_PASSWORD = "reader-password";
    static final String PEOPLE = "ou=people,dc=contoso,dc=example";

    private static final String BASE = "dc=contoso,dc=example";

    private final InMemoryDirectoryServer server;
    private final int port;

    private DirectoryServer(InMemoryDirectoryServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /** With a base entry and nobody below it. */
    public static DirectoryServer start() {
        int port = FreePort.find();
        try {
            InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
            config.setListenerConfigs(
                    InMemoryListenerConfig.createLDAPConfig("ldap", InetAddress.getLoopbackAddress(), port, null));
            config.addAdditionalBindCredentials(BIND_DN, BIND_PASSWORD);
            InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
            server.add("dn: " + BASE, "objectClass: domain", "dc: contoso");
            DirectoryServer directory = new DirectoryServer(server, port);
            directory.addPeople();
            server.startListening();
            return directory;
        } catch (LDAPSDKException e) {
            throw new IllegalStateException(e);
        }
    }

    String url() {
        return "ldap://127.0.0.1:" + port;
    }

    /** Adds an entry for somebody; returns the username. */
    public String add(Account account) {
        String username = account.givenName();
        change(() -> server.add(
                "dn: uid=" + username + "," + PEOPLE,
                "objectClass: inetOrgPerson",
                "uid: " + username,
                "cn: " + account.givenName(),
                "sn: " + account.familyName(),
                "mail: " + account.mail()));
        return username;
    }

    /** Still answers, and has no people any more. */
    public void empty() {
        change(() -> server.deleteSubtree(PEOPLE));
        addPeople();
    }

    /** Ends its connections and refuses new ones; the entries stay. */
    public void stop() {
        server.shutDown(true);
    }

    /** After {@link #stop()}, on the same port and with the same entries. */
    public void startAgain() {
        change(server::startListening);
    }

    @Override
    public void close() {
        stop();
    }

    private void addPeople() {
        change(() -> server.add("dn: " + PEOPLE, "objectClass: organizationalUnit", "ou: people"));
    }

    private static void change(Change change) {
        try {
            change.make();
        } catch (LDAPSDKException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Change {

        void make() throws LDAPSDKException;
    }
}
