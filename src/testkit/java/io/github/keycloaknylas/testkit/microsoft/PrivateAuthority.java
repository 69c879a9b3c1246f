package io.github.keycloaknylas.testkit.microsoft;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;

/** A certificate authority that is created for this run and trusted only where its certificate is configured. */
final class PrivateAuthority {

    private static final X500Principal NAME = new X500Principal("CN=Fake Microsoft private CA");
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid(1, 2, 840, 10045, 4, 3, 2));
    private static final char[] NO_PASSWORD = new char[0];

    private final KeyPair keys = newKeys();
    private final X509Certificate certificate;

    PrivateAuthority() throws GeneralSecurityException {
        byte[] isAuthority = Der.sequence(Der.oid(2, 5, 29, 19), Der.yes(), Der.octets(Der.sequence(Der.yes())));
        certificate = certify(NAME, keys.getPublic(), isAuthority);
    }

    String pem() throws GeneralSecurityException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }

    /** Creates a server identity for these host names, ready to be served. */
    SSLContext serverFor(List<String> hosts) throws GeneralSecurityException, IOException {
        KeyPair own = newKeys();
        byte[][] names = hosts.stream()
                .map(host -> Der.tagged(0x82, host.getBytes(US_ASCII)))
                .toArray(byte[][]::new);
        byte[] alternativeNames = Der.sequence(Der.oid(2, 5, 29, 17), Der.octets(Der.sequence(names)));
        X509Certificate server = certify(new X500Principal("CN=" + hosts.get(0)), own.getPublic(), alternativeNames);

        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", own.getPrivate(), NO_PASSWORD, new Certificate[] {server, certificate});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, NO_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private X509Certificate certify(X500Principal subject, PublicKey key, byte[] extension)
            throws GeneralSecurityException {
        Instant now = Instant.now();
        byte[] content = Der.sequence(
                Der.tagged(0xa0, Der.integer(2)),
                Der.integer(new SecureRandom().nextLong() >>> 1),
                ECDSA_WITH_SHA256,
                NAME.getEncoded(),
                Der.sequence(Der.time(now.minus(Duration.ofHours(1))), Der.time(now.plus(Duration.ofDays(30)))),
                subject.getEncoded(),
                key.getEncoded(),
                Der.tagged(0xa3, Der.sequence(extension)));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(content);
        byte[] signed = Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(signed));
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }
}
