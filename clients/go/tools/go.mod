// The generators of the stubs, apart from the module of the client so that its users do not fetch them.
module crossfoot.dev/api/tools

go 1.19

require (
	google.golang.org/grpc/cmd/protoc-gen-go-grpc v1.3.0
	google.golang.org/protobuf v1.33.0
)
