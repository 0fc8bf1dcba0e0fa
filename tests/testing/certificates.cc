#include "tests/testing/certificates.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <memory>

namespace crossfoot::testing {
namespace {

template <auto free>
struct Free {
  template <typename Object>
  void operator()(Object* object) const {
    free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Free<&EVP_PKEY_free>>;
using X509Certificate = std::unique_ptr<X509, Free<&X509_free>>;
using Bio = std::unique_ptr<BIO, Free<&BIO_free_all>>;

std::string TextOf(const Bio& bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return std::string(data, static_cast<size_t>(size));
}

Bio BioOf(const std::string& text) {
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

void AddExtension(X509* certificate, X509* issuer, int id, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, id, value);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

// `issuer` null: signed by itself.
Certificate Make(const std::string& name, long seconds, const Certificate* issuer) {
  const Key key(EVP_EC_gen("P-256"));
  const X509Certificate certificate(X509_new());
  X509_set_version(certificate.get(), 2);
  int64_t serial = 0;
  RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()),
                          static_cast<uint64_t>(serial) >> 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), std::min(0L, seconds) - 3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), seconds);
  X509_set_pubkey(certificate.get(), key.get());
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  if (issuer == nullptr) {
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
    AddExtension(certificate.get(), certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    AddExtension(certificate.get(), certificate.get(), NID_key_usage,
                 "critical,keyCertSign,cRLSign");
    X509_sign(certificate.get(), key.get(), EVP_sha256());
  } else {
    const X509Certificate root(
        PEM_read_bio_X509(BioOf(issuer->certificate).get(), nullptr, nullptr, nullptr));
    const Key root_key(
        PEM_read_bio_PrivateKey(BioOf(issuer->key).get(), nullptr, nullptr, nullptr));
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(root.get()));
    AddExtension(certificate.get(), root.get(), NID_basic_constraints, "critical,CA:FALSE");
    AddExtension(certificate.get(), root.get(), NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1");
    AddExtension(certificate.get(), root.get(), NID_ext_key_usage, "serverAuth,clientAuth");
    X509_sign(certificate.get(), root_key.get(), EVP_sha256());
  }
  const Bio certificate_text(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(certificate_text.get(), certificate.get());
  const Bio key_text(BIO_new(BIO_s_mem()));
  PEM_write_bio_PrivateKey(key_text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  return {TextOf(certificate_text), TextOf(key_text)};
}

}  // namespace

CertificateAuthority::CertificateAuthority(const std::string& name)
    : own_(Make(name, 3600, nullptr)) {}

Certificate CertificateAuthority::Issue(const std::string& name, long seconds) const {
  return Make(name, seconds, &own_);
}

}  // namespace crossfoot::testing
