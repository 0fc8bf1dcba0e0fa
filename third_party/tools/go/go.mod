// protoc-gen-openapi, which tools/setup.sh builds.  Its module is one that Go 1.19, Debian's, can build.  To move to
// another version: go get github.com/google/gnostic@VERSION, rm go.sum, and in place of `go mod tidy`, which writes down
// 1,500 modules that nothing is built from, go build -mod=mod -o /dev/null github.com/google/gnostic/cmd/protoc-gen-openapi.
module crossfoot.dev/tools

go 1.19

require github.com/google/gnostic v0.7.0

require (
	github.com/google/gnostic-models v0.6.9-0.20230804172637-c7be7c783f49 // indirect
	google.golang.org/genproto v0.0.0-20230526161137-0005af68ea54 // indirect
	google.golang.org/genproto/googleapis/api v0.0.0-20230525234035-dd9d682886f9 // indirect
	google.golang.org/genproto/googleapis/rpc v0.0.0-20230525234030-28d5490b6b19 // indirect
	google.golang.org/protobuf v1.30.0 // indirect
	gopkg.in/yaml.v3 v3.0.1 // indirect
)
