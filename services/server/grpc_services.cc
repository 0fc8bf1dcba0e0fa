#include "services/server/grpc_services.h"

#include "crossfoot/v1/document_service.grpc.pb.h"
#include "crossfoot/v1/extraction_service.grpc.pb.h"
#include "crossfoot/v1/rule_service.grpc.pb.h"
#include "crossfoot/v1/validation_service.grpc.pb.h"
#include "services/method/method.h"
#include "services/server/document_upload.h"
#include "services/server/grpc_call.h"
#include "services/server/validation_stream.h"

namespace crossfoot::server {
namespace {

using Context = grpc::CallbackServerContext;
using Bytes = grpc::ByteBuffer;

// Its request becomes a message on a worker.  The generated classes make one
// method of a service raw each, and stand inside one another.
template <typename Request>
grpc::ServerUnaryReactor* Answer(Dispatcher& dispatcher, Context* context, const Bytes* request,
                                 Bytes* response) {
  return AnswerUnary(dispatcher, method::MethodFor(*Request::descriptor()), context, request,
                     response);
}

using RawValidationService = v1::ValidationService::WithRawCallbackMethod_ValidateDocument<
    v1::ValidationService::WithRawCallbackMethod_ValidateDocuments<
        v1::ValidationService::WithRawCallbackMethod_ValidateDocumentSet<
            v1::ValidationService::Service>>>;

class ValidationServiceAdapter final : public RawValidationService {
 public:
  ValidationServiceAdapter(Dispatcher& dispatcher, StreamWatch& watch)
      : dispatcher_(dispatcher), watch_(watch) {}

  grpc::ServerUnaryReactor* ValidateDocument(Context* context, const Bytes* request,
                                             Bytes* response) override {
    return Answer<v1::ValidateDocumentRequest>(dispatcher_, context, request, response);
  }

  grpc::ServerBidiReactor<Bytes, Bytes>* ValidateDocuments(Context* context) override {
    return AnswerValidationStream(dispatcher_, watch_, context);
  }

  grpc::ServerUnaryReactor* ValidateDocumentSet(Context* context, const Bytes* request,
                                                Bytes* response) override {
    return Answer<v1::ValidateDocumentSetRequest>(dispatcher_, context, request, response);
  }

 private:
  Dispatcher& dispatcher_;
  StreamWatch& watch_;
};

using RawExtractionService =
    v1::ExtractionService::WithRawCallbackMethod_ExtractFigures<v1::ExtractionService::Service>;

class ExtractionServiceAdapter final : public RawExtractionService {
 public:
  explicit ExtractionServiceAdapter(Dispatcher& dispatcher) : dispatcher_(dispatcher) {}

  grpc::ServerUnaryReactor* ExtractFigures(Context* context, const Bytes* request,
                                           Bytes* response) override {
    return Answer<v1::ExtractFiguresRequest>(dispatcher_, context, request, response);
  }

 private:
  Dispatcher& dispatcher_;
};

using RawDocumentService = v1::DocumentService::WithRawCallbackMethod_CreateDocument<
    v1::DocumentService::WithCallbackMethod_UploadDocument<
        v1::DocumentService::WithRawCallbackMethod_GetDocument<
            v1::DocumentService::WithRawCallbackMethod_ListDocuments<
                v1::DocumentService::WithRawCallbackMethod_DeleteDocument<
                    v1::DocumentService::Service>>>>>;

class DocumentServiceAdapter final : public RawDocumentService {
 public:
  DocumentServiceAdapter(Dispatcher& dispatcher, StreamWatch& watch)
      : dispatcher_(dispatcher), watch_(watch) {}

  grpc::ServerUnaryReactor* CreateDocument(Context* context, const Bytes* request,
                                           Bytes* response) override {
    return Answer<v1::CreateDocumentRequest>(dispatcher_, context, request, response);
  }

  grpc::ServerReadReactor<v1::UploadDocumentRequest>* UploadDocument(
      Context* context, v1::Document* response) override {
    return AnswerUpload(dispatcher_, watch_, context, response);
  }

  grpc::ServerUnaryReactor* GetDocument(Context* context, const Bytes* request,
                                        Bytes* response) override {
    return Answer<v1::GetDocumentRequest>(dispatcher_, context, request, response);
  }

  grpc::ServerUnaryReactor* ListDocuments(Context* context, const Bytes* request,
                                          Bytes* response) override {
    return Answer<v1::ListDocumentsRequest>(dispatcher_, context, request, response);
  }

  grpc::ServerUnaryReactor* DeleteDocument(Context* context, const Bytes* request,
                                           Bytes* response) override {
    return Answer<v1::DeleteDocumentRequest>(dispatcher_, context, request, response);
  }

 private:
  Dispatcher& dispatcher_;
  StreamWatch& watch_;
};

using RawRuleService = v1::RuleService::WithRawCallbackMethod_ListRulePacks<
    v1::RuleService::WithRawCallbackMethod_ListRules<v1::RuleService::WithRawCallbackMethod_GetRule<
        v1::RuleService::WithRawCallbackMethod_TestRules<v1::RuleService::Service>>>>;

class RuleServiceAdapter final : public RawRuleService {
 public:
  explicit RuleServiceAdapter(Dispatcher& dispatcher) : dispatcher_(dispatcher) {}

  grpc::ServerUnaryReactor* ListRulePacks(Context* context, const Bytes* request,
                                          Bytes* response) override {
    return Answer<v1::ListRulePacksRequest>(dispatcher_, context, request, response);
  }

  grpc::ServerUnaryReactor* ListRules(Context* context, const Bytes* request,
                                      Bytes* response) override {
    return Answer<v1::ListRulesRequest>(dispatcher_, context, request, response);
  }

  grpc::ServerUnaryReactor* GetRule(Context* context, const Bytes* request,
                                    Bytes* response) override {
    return Answer<v1::GetRuleRequest>(dispatcher_, context, request, response);
  }

  grpc::ServerUnaryReactor* TestRules(Context* context, const Bytes* request,
                                      Bytes* response) override {
    return Answer<v1::TestRulesRequest>(dispatcher_, context, request, response);
  }

 private:
  Dispatcher& dispatcher_;
};

}  // namespace

std::vector<std::unique_ptr<grpc::Service>> MakeGrpcServices(Dispatcher& dispatcher,
                                                             StreamWatch& watch) {
  std::vector<std::unique_ptr<grpc::Service>> services;
  services.push_back(std::make_unique<ValidationServiceAdapter>(dispatcher, watch));
  services.push_back(std::make_unique<ExtractionServiceAdapter>(dispatcher));
  services.push_back(std::make_unique<DocumentServiceAdapter>(dispatcher, watch));
  services.push_back(std::make_unique<RuleServiceAdapter>(dispatcher));
  return services;
}

}  // namespace crossfoot::server
