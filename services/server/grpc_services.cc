#include "services/server/grpc_services.h"

#include "crossfoot/v1/document_service.grpc.pb.h"
#include "crossfoot/v1/extraction_service.grpc.pb.h"
#include "crossfoot/v1/rule_service.grpc.pb.h"
#include "crossfoot/v1/validation_service.grpc.pb.h"
#include "services/server/document_upload.h"
#include "services/server/grpc_call.h"
#include "services/server/validation_stream.h"

namespace crossfoot::server {
namespace {

using Context = grpc::CallbackServerContext;

class ValidationServiceAdapter final : public v1::ValidationService::CallbackService {
 public:
  ValidationServiceAdapter(Dispatcher& dispatcher, StreamWatch& watch)
      : dispatcher_(dispatcher), watch_(watch) {}

  grpc::ServerUnaryReactor* ValidateDocument(Context* context,
                                             const v1::ValidateDocumentRequest* request,
                                             v1::ValidateDocumentResponse* response) override {
    return AnswerUnary(dispatcher_, context, request, response);
  }

  grpc::ServerBidiReactor<v1::ValidateDocumentsRequest, v1::ValidateDocumentsResponse>*
  ValidateDocuments(Context* context) override {
    return AnswerValidationStream(dispatcher_, watch_, context);
  }

  grpc::ServerUnaryReactor* ValidateDocumentSet(
      Context* context, const v1::ValidateDocumentSetRequest* request,
      v1::ValidateDocumentSetResponse* response) override {
    return AnswerUnary(dispatcher_, context, request, response);
  }

 private:
  Dispatcher& dispatcher_;
  StreamWatch& watch_;
};

class ExtractionServiceAdapter final : public v1::ExtractionService::CallbackService {
 public:
  explicit ExtractionServiceAdapter(Dispatcher& dispatcher) : dispatcher_(dispatcher) {}

  grpc::ServerUnaryReactor* ExtractFigures(Context* context,
                                           const v1::ExtractFiguresRequest* request,
                                           v1::ExtractFiguresResponse* response) override {
    return AnswerUnary(dispatcher_, context, request, response);
  }

 private:
  Dispatcher& dispatcher_;
};

class DocumentServiceAdapter final : public v1::DocumentService::CallbackService {
 public:
  DocumentServiceAdapter(Dispatcher& dispatcher, StreamWatch& watch)
      : dispatcher_(dispatcher), watch_(watch) {}

  grpc::ServerUnaryReactor* CreateDocument(Context* context,
                                           const v1::CreateDocumentRequest* request,
                                           v1::Document* response) override {
    return AnswerUnary(dispatcher_, context, request, response);
  }

  grpc::ServerReadReactor<v1::UploadDocumentRequest>* UploadDocument(
      Context* context, v1::Document* response) override {
    return AnswerUpload(dispatcher_, watch_, context, response);
  }

  grpc::ServerUnaryReactor* GetDocument(Context* context, const v1::GetDocumentRequest* request,
                                        v1::Document* response) override {
    return AnswerUnary(dispatcher_, context, request, response);
  }

  grpc::ServerUnaryReactor* ListDocuments(Context* context, const v1::ListDocumentsRequest* request,
                                          v1::ListDocumentsResponse* response) override {
    return AnswerUnary(dispatcher_, context, request, response);
  }

  grpc::ServerUnaryReactor* DeleteDocument(Context* context,
                                           const v1::DeleteDocumentRequest* request,
                                           google::protobuf::Empty* response) override {
    return AnswerUnary(dispatcher_, context, request, response);
  }

 private:
  Dispatcher& dispatcher_;
  StreamWatch& watch_;
};

class RuleServiceAdapter final : public v1::RuleService::CallbackService {
 public:
  explicit RuleServiceAdapter(Dispatcher& dispatcher) : dispatcher_(dispatcher) {}

  grpc::ServerUnaryReactor* ListRulePacks(Context* context, const v1::ListRulePacksRequest* request,
                                          v1::ListRulePacksResponse* response) override {
    return AnswerUnary(dispatcher_, context, request, response);
  }

  grpc::ServerUnaryReactor* ListRules(Context* context, const v1::ListRulesRequest* request,
                                      v1::ListRulesResponse* response) override {
    return AnswerUnary(dispatcher_, context, request, response);
  }

  grpc::ServerUnaryReactor* GetRule(Context* context, const v1::GetRuleRequest* request,
                                    v1::Rule* response) override {
    return AnswerUnary(dispatcher_, context, request, response);
  }

  grpc::ServerUnaryReactor* TestRules(Context* context, const v1::TestRulesRequest* request,
                                      v1::TestRulesResponse* response) override {
    return AnswerUnary(dispatcher_, context, request, response);
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
